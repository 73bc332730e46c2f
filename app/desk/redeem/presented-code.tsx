import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "#app/format/use.ts";
import { KeyValues } from "#app/ui/key-values.tsx";
import type { Presented } from "./redeeming.ts";
import { Result } from "./result.tsx";
import { Span } from "./span.tsx";

/** What store staff look at before they confirm: whose, what, when, and what the service needs in large letters. */
export function PresentedCode({ shown, children }: { shown: Presented; children: ReactNode }) {
  const t = useTranslations("redemption.card");
  const locale = useLocale();
  const { dateTime } = useFormats();
  const { gives, title } = shown.benefit;
  return (
    <Result title={title[locale]}>
      {shown.derived.length > 0 && (
        <dl className="flex flex-wrap gap-3">
          {shown.derived.map(({ key, name, value }) => (
            <div key={key} className="min-w-0 grow rounded-md bg-sunken p-3">
              <dt className="text-ink-2">{name[locale]}</dt>
              <dd className="text-num font-strong break-words">{value?.[locale] ?? t("notGiven")}</dd>
            </div>
          ))}
        </dl>
      )}
      {gives.kind === "points" && <p className="text-num font-strong">{t("points", { points: gives.points })}</p>}
      <KeyValues
        items={[
          { key: "member", label: t("member"), value: <span className="font-mono">{shown.member}</span> },
          ...(shown.booking === null
            ? []
            : [{ key: "booking", label: t("booking"), value: <Span {...shown.booking} /> }]),
          { key: "left", label: t("usesLeft"), value: t("uses", { count: shown.usesLeft }) },
          { key: "until", label: t("until"), value: dateTime(shown.expiresAt) },
        ]}
      />
      {shown.derived.length > 0 && <p className="text-sm text-ink-3">{t("seen")}</p>}
      {children}
    </Result>
  );
}
