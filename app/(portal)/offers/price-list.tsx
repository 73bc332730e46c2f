import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import type { Caller } from "#server/api/root.ts";
import type { TierNames } from "./names.ts";

type Prices = Awaited<ReturnType<Caller["offers"]["priceList"]>>;

/** One piece of each showcase product in every tier: shown to everybody alike, one's own tier marked. */
export function PriceList({ list, tiers, mine }: { list: Prices; tiers: TierNames; mine: string | null }) {
  const t = useTranslations("offers.portal");
  const locale = useLocale();
  const { money } = useFormats();
  return (
    <ul>
      {list.rows.map(({ product, prices }) => (
        <li key={product.sku} className="grid gap-1 border-t border-line py-2.5 first:border-t-0">
          <p className="flex flex-wrap justify-between gap-x-3">
            <span className="font-strong">{product.name[locale]}</span>
            <span className="text-sm text-ink-2">
              {t("list")} {money(product.listPriceFen)}
            </span>
          </p>
          <dl className="grid grid-cols-2 gap-x-6 sm:grid-cols-4">
            {prices.map(({ tier, totalFen }) => (
              <div
                key={tier}
                className={`flex justify-between gap-2 sm:grid sm:justify-start sm:gap-0 ${tier === mine ? "font-strong text-brand" : ""}`}
              >
                <dt className="text-sm">{tiers[tier] ?? tier}</dt>
                <dd>{money(totalFen)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
