"use client";
import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/form.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { QrCode } from "#app/ui/qr-code.tsx";
import type { RedemptionId } from "#server/benefits/model.ts";
import { type Asked, type ShownCode, useLiveCode } from "./use-live-code.ts";

/** The code on screen, how long it is good for, and, once it was used, that it was. */
export function LiveCode({
  asked,
  first,
  lastUse,
  back,
}: {
  asked: Asked;
  first: ShownCode | null;
  /** The member's latest use of the benefit when the page was drawn. */
  lastUse: RedemptionId | null;
  back: string;
}) {
  const t = useTranslations("benefits.mine.code");
  const locale = useLocale();
  const { dateTime } = useFormats();
  const { code, left, used, renewal, isWeak, isRefused, reissue, retry } = useLiveCode(asked, first, lastUse);
  if (used !== null) {
    return (
      <div className="grid gap-4">
        <Notice tone="ok" live title={t("used")}>
          {t("usedHint", { store: used.store[locale], date: dateTime(used.at) })}
        </Notice>
        <LinkButton href={back} size="wide">
          {t("done")}
        </LinkButton>
      </div>
    );
  }
  const problem = (
    <>
      {isRefused && <FormProblem form={renewal} signIn={`/join?next=${encodeURIComponent(back)}`} />}
      {isRefused && <Button onClick={retry}>{t("reload")}</Button>}
    </>
  );
  if (code === null) {
    return (
      <div className="grid gap-4">
        {isWeak && <Notice tone="warn" live title={t("weak")} />}
        {!isRefused && !isWeak && <p role="status">{t("waiting")}</p>}
        {problem}
      </div>
    );
  }
  const isGood = left > 0;
  const time = minutesAndSeconds(left);
  return (
    <div className="grid gap-4">
      {isWeak && (
        <Notice tone="warn" live title={t("weak")}>
          {isGood && t("weakLeft", { time })}
        </Notice>
      )}
      <div
        className={`grid justify-items-center gap-3 rounded-card border border-line bg-surface p-5 ${isGood ? "" : "opacity-40"}`}
      >
        <QrCode text={code.signed} label={t("qr")} className="w-full max-w-64" />
        <p className="flex gap-[.6em] font-mono text-num font-strong">
          <span className="sr-only">{t("digits")}</span>
          <span>{code.digits.slice(0, 4)}</span>
          <span>{code.digits.slice(4)}</span>
        </p>
      </div>
      <div className="text-center">
        <p role="timer">{isGood ? t("valid", { time }) : t("expired")}</p>
        <p className="text-sm text-ink-3">{t("renewing")}</p>
        <noscript>
          <p className="text-sm text-ink-3">{t("noScript")}</p>
        </noscript>
      </div>
      {problem}
      <div className="grid gap-1">
        <Button size="wide" pending={renewal.pending} onClick={reissue}>
          {t("another")}
        </Button>
        <p className="text-sm text-ink-3">{t("anotherHint")}</p>
      </div>
    </div>
  );
}

function minutesAndSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
