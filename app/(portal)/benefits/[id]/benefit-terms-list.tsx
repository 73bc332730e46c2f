import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { TierName } from "#app/ui/badge.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import type { TierNames } from "../../offers/names.ts";
import type { OwnBenefit } from "../benefits.ts";
import { Quota } from "../quota.tsx";

/** The public terms of a benefit: the same for everybody in a tier. */
export function BenefitTermsList({ benefit, tiers }: { benefit: OwnBenefit; tiers: TierNames }) {
  const t = useTranslations("benefits.mine");
  const locale = useLocale();
  const { date } = useFormats();
  const { gives, quota, stores, booked, window } = benefit;
  return (
    <KeyValues
      items={[
        ...(gives.kind === "points"
          ? [{ key: "gives", label: t("gives"), value: t("points", { points: gives.points }) }]
          : []),
        {
          key: "tiers",
          label: t("tiers"),
          value: (
            <span className="flex flex-wrap gap-1.5">
              {benefit.tiers.map((code) => (
                <TierName key={code} tier={code}>
                  {tiers[code] ?? code}
                </TierName>
              ))}
            </span>
          ),
        },
        { key: "quota", label: t("quotaLabel"), value: <Quota quota={quota} /> },
        { key: "booking", label: t("booking"), value: t(booked ? "booked" : "walkIn") },
        {
          key: "stores",
          label: t("stores"),
          value:
            stores.length === 0 ? (
              t("storesNone")
            ) : (
              <ul>
                {stores.map((store) => (
                  <li key={store.id}>
                    {store.name[locale]} <span className="text-ink-2">{store.address[locale]}</span>
                  </li>
                ))}
              </ul>
            ),
        },
        {
          key: "until",
          label: t("until"),
          value: window.to === null ? t("untilOpen") : t("untilDate", { date: date(new Date(window.to)) }),
        },
      ]}
    />
  );
}
