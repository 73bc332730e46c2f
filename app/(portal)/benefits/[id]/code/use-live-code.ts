"use client";
import { useEffect, useRef, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { failureOf } from "#app/ui/failure.ts";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { Caller } from "#server/api/root.ts";
import { CODE_MS, CODE_RENEWED_MS, type RedemptionId, type ShowCode } from "#server/benefits/model.ts";
import { useVisibly, useWakeLock } from "./use-visibly.ts";

export type ShownCode = Awaited<ReturnType<Caller["benefits"]["showCode"]>>;
export type Asked = Omit<ShowCode, "reissue">;
type Use = Awaited<ReturnType<Caller["benefits"]["history"]>>["uses"][number];

/** How long after a lost call the next is made. */
const RETRY_MS = 5_000;
/** How long an answer is waited for. */
const PATIENCE_MS = 8_000;
/** How often the page asks whether the code was used. */
const WATCH_MS = 4_000;

/**
 * A code that renews itself before it expires. When the network is poor the last one stays, for as long as it can be
 * used, and the next is asked for until it comes. A refusal is not asked again by itself.
 */
export function useLiveCode(asked: Asked, first: ShownCode | null, lastUse: RedemptionId | null) {
  const [code, setCode] = useState(first && { shown: first, until: first.expiresAt.getTime() });
  /** The device's clock; null until the page lives, so that what the server drew stays as it is. */
  const [now, setNow] = useState<number | null>(null);
  const [used, setUsed] = useState<Use | null>(null);
  const [isWeak, setWeak] = useState(false);
  const triedAt = useRef(Number.NEGATIVE_INFINITY);
  /** The codes shown before shall stop working. */
  const reissues = useRef(false);
  const renewal = useSubmit({
    send: async () => {
      triedAt.current = Date.now();
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
      try {
        const input = { ...asked, reissue: reissues.current };
        return await trpc.benefits.showCode.mutate(input, { signal: patience.signal });
      } catch (error) {
        setWeak(failureOf(error).kind === "offline");
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    // Counted from its arrival: the clock of a phone may be wrong, but not by much within minutes.
    done: (shown) => {
      reissues.current = false;
      setWeak(false);
      setCode({ shown, until: Date.now() + CODE_MS });
    },
  });
  const left = code === null || now === null ? CODE_MS : Math.min(CODE_MS, code.until - now);
  const isRefused = renewal.failure !== null && !isWeak;

  const beat = () => {
    const at = Date.now();
    setNow(at);
    const isDue = code === null || reissues.current || code.until - at <= CODE_MS - CODE_RENEWED_MS;
    if (isDue && !isRefused && at - triedAt.current >= RETRY_MS) void renewal.run();
  };
  const watch = async () => {
    const { uses } = await trpc.benefits.history.query();
    const latest = uses.find(({ benefitId }) => benefitId === asked.benefitId);
    if (latest !== undefined && latest.id !== lastUse) setUsed(latest);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first beat, when the page comes to life
  useEffect(beat, []);
  useVisibly(1_000, beat, used === null);
  useVisibly(WATCH_MS, () => void watch().catch(() => undefined), used === null && code !== null);
  useWakeLock(used === null && code !== null);

  return {
    code: code?.shown ?? null,
    left,
    used,
    renewal,
    isWeak,
    isRefused,
    /** Another code; the ones before stop working at once. */
    reissue() {
      reissues.current = true;
      void renewal.run();
    },
    /** The same question once more, after a refusal. */
    retry: () => void renewal.run(),
  };
}
