"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { TierNames } from "#app/(portal)/offers/names.ts";
import { useRefusals } from "#app/i18n/refusals.client.ts";
import { trpc } from "#app/trpc/client.ts";
import { Card } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { BenefitTerms } from "#server/benefits/model.ts";
import type { Purpose } from "./ground.ts";

export type Checked = Awaited<ReturnType<typeof trpc.benefits.check.mutate>>;
/** How long typing must rest before the server is asked. */
const REST_MS = 350;

/** What saving these terms would meet; null while nobody knows. */
export function useCheck(terms: BenefitTerms | null): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  const question = JSON.stringify(terms);
  useEffect(() => {
    const asked: BenefitTerms | null = JSON.parse(question);
    setChecked(null);
    if (asked === null) return;
    const leave = new AbortController();
    const timer = setTimeout(() => {
      trpc.benefits.check.mutate(asked, { signal: leave.signal }).then(
        (answer) => leave.signal.aborted || setChecked(answer),
        () => undefined,
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [question]);
  return checked;
}

/** Why the terms cannot stand, and what a second person will ask about: said while there is time to change them. */
export function LiveCheck({
  incomplete,
  checked,
  tiers,
  purposes,
}: {
  incomplete: boolean;
  checked: Checked | null;
  tiers: TierNames;
  purposes: readonly Purpose[];
}) {
  const t = useTranslations("benefits.desk.check");
  const say = useRefusals();
  const fields = new Map(purposes.flatMap(({ fields }) => fields.map(({ key, name }) => [String(key), name])));
  const named = (key: string, value: string | number) =>
    key === "field" ? (fields.get(String(value)) ?? value) : key === "tier" ? (tiers[value] ?? value) : value;
  const refusal = checked?.refusal ?? null;
  return (
    <Card title={t("title")} className="xl:sticky xl:top-4">
      <div aria-live="polite" className="grid gap-3">
        {incomplete && <p className="text-ink-2">{t("incomplete")}</p>}
        {!incomplete && checked === null && <p className="text-ink-2">{t("waiting")}</p>}
        {refusal !== null && (
          <Notice tone="bad" title={t("blocked")}>
            {say(
              refusal.code,
              Object.fromEntries(Object.entries(refusal.condition).map(([key, value]) => [key, named(key, value)])),
            )}
          </Notice>
        )}
        {checked?.warnings.map((warning) => (
          <Notice key={warning} tone="warn">
            {t(`warnings.${warning}`)}
          </Notice>
        ))}
        {checked !== null && refusal === null && checked.warnings.length === 0 && (
          <Notice tone="ok">{t("fine")}</Notice>
        )}
      </div>
    </Card>
  );
}
