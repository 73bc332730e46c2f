"use client";
import { ScanLine } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { ScannedCode } from "#server/benefits/model.ts";
import { canScan, scan } from "./camera.ts";

type State = "asking" | "off" | "on" | "unsupported" | "denied" | "missing";

/** The camera, where the browser can read codes with it; elsewhere a word that digits do as well. */
export function Scanner({ onCode }: { onCode: (code: string) => void }) {
  const t = useTranslations("redemption.scan");
  const [state, setState] = useState<State>("asking");
  const [other, setOther] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const found = useEffectEvent(onCode);

  useEffect(() => {
    let here = true;
    void canScan().then((able) => {
      if (!here) return;
      if (able && !loadedHere()) window.location.reload();
      setState(able ? "off" : "unsupported");
    });
    return () => {
      here = false;
    };
  }, []);

  useEffect(() => {
    if (state !== "on" || video.current === null) return;
    const leave = new AbortController();
    const isCode = (text: string) => ScannedCode.safeParse(text).success;
    scan(video.current, isCode, () => setOther(true), leave.signal).then(
      (code) => {
        if (leave.signal.aborted) return;
        setState("off");
        found(code);
      },
      (reason: unknown) => leave.signal.aborted || setState(troubleOf(reason)),
    );
    const away = () => document.hidden && setState("off");
    document.addEventListener("visibilitychange", away, { signal: leave.signal });
    return () => {
      leave.abort();
      setOther(false);
    };
  }, [state]);

  if (state === "asking") return <div className="min-h-(--control-height)" />;
  if (state === "unsupported") return <Notice>{t("unsupported")}</Notice>;
  if (state === "on") {
    return (
      <div className="grid gap-3">
        <video
          ref={video}
          muted
          playsInline
          aria-label={t("aim")}
          className="aspect-square w-full rounded-lg bg-sunken object-cover"
        />
        <p role="status" className="text-ink-2">
          {t(other ? "other" : "aim")}
        </p>
        <Button size="wide" onClick={() => setState("off")}>
          {t("stop")}
        </Button>
      </div>
    );
  }
  return (
    <div className="grid gap-3">
      {state !== "off" && (
        <Notice tone="warn" live>
          {t(state)}
        </Notice>
      )}
      <Button tone="primary" size="wide" onClick={() => setState("on")}>
        <ScanLine aria-hidden size={20} />
        {t("open")}
      </Button>
    </div>
  );
}

/** A document keeps the powers it was loaded with, and the camera is this page's alone. */
function loadedHere(): boolean {
  const [loaded] = performance.getEntriesByType("navigation");
  return loaded !== undefined && new URL(loaded.name).pathname === window.location.pathname;
}

function troubleOf(reason: unknown): "denied" | "missing" {
  return reason instanceof DOMException && reason.name === "NotAllowedError" ? "denied" : "missing";
}
