"use client";
import { useEffect, useRef } from "react";

/** Does something every so often while the page is in sight, and at once when it comes back or the network does. */
export function useVisibly(everyMs: number, act: () => void, active: boolean): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!active) return;
    const beat = () => {
      if (document.visibilityState === "visible") latest.current();
    };
    const timer = setInterval(beat, everyMs);
    document.addEventListener("visibilitychange", beat);
    window.addEventListener("online", beat);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", beat);
      window.removeEventListener("online", beat);
    };
  }, [everyMs, active]);
}

/** Keeps the screen lit while the page is in sight, where the browser can. */
export function useWakeLock(active: boolean): void {
  useEffect(() => {
    if (!active || !("wakeLock" in navigator)) return;
    let held: WakeLockSentinel | null = null;
    let over = false;
    const hold = async () => {
      if (document.visibilityState !== "visible") return;
      const lock = await navigator.wakeLock.request("screen").catch(() => null);
      if (over) await lock?.release();
      else held = lock;
    };
    const onSight = () => void hold();
    onSight();
    document.addEventListener("visibilitychange", onSight);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", onSight);
      void held?.release();
    };
  }, [active]);
}
