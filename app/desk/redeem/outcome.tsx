"use client";
import { CircleCheck, CircleX, WifiOff } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "#app/format/use.ts";
import { useRefusals } from "#app/i18n/refusals.client.ts";
import type { Presented, Screen } from "./redeeming.ts";
import { Result } from "./result.tsx";

/** Done: green, a check, and words. */
export function Confirmed({ shown, when, children }: { shown: Presented; when: Date; children: ReactNode }) {
  const t = useTranslations("redemption");
  const locale = useLocale();
  const { dateTime } = useFormats();
  return (
    <Result
      title={
        <Verdict colour="text-ok" icon={<CircleCheck aria-hidden size={40} />}>
          {t("done.title")}
        </Verdict>
      }
    >
      <p className="text-lg">
        {t("done.what", { benefit: shown.benefit.title[locale], member: shown.member, at: dateTime(when) })}
      </p>
      <p className="text-ink-2">{t("done.left", { count: shown.usesLeft })}</p>
      {children}
    </Result>
  );
}

/** A "no": red, a cross, why, and what to do now. */
export function RefusedCode({
  code,
  condition,
  children,
}: Omit<Extract<Screen, { at: "refused" }>, "at"> & { children: ReactNode }) {
  const t = useTranslations("redemption.refused");
  const say = useRefusals();
  const next = `next.${code === "BENEFIT_LOCKED" ? condition.reason : code}`;
  return (
    <Result
      title={
        <Verdict colour="text-bad" icon={<CircleX aria-hidden size={40} />}>
          {t("title")}
        </Verdict>
      }
    >
      <p className="text-lg font-strong">{say(code, condition)}</p>
      {t.has(next) && <p className="text-lg text-ink-2">{t(next)}</p>}
      <p className="font-mono text-sm text-ink-3">{code}</p>
      {children}
    </Result>
  );
}

/** Nobody knows yet: what was lost, and that trying again is safe. */
export function Lost({ what, children }: { what: "lookUp" | "confirm"; children: ReactNode }) {
  const t = useTranslations("redemption.lost");
  return (
    <Result
      title={
        <Verdict colour="text-warn" icon={<WifiOff aria-hidden size={40} />}>
          {t(`${what}.title`)}
        </Verdict>
      }
    >
      <p className="text-lg">{t(`${what}.hint`)}</p>
      {children}
    </Result>
  );
}

function Verdict({ colour, icon, children }: { colour: string; icon: ReactNode; children: ReactNode }) {
  return (
    <span className={`flex items-center gap-3 text-num ${colour}`}>
      <span className="shrink-0">{icon}</span>
      {children}
    </span>
  );
}
