import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import type { TierNames } from "./names.ts";

type PriceList = Awaited<ReturnType<Caller["offers"]["priceList"]>>;

/** One piece of each showcase product in every tier: shown to everybody alike. */
export function PriceTable({
  caption,
  list,
  tiers,
  mine,
}: {
  caption: string;
  list: PriceList;
  tiers: TierNames;
  mine: string | null;
}) {
  const t = useTranslations("offers.portal");
  const locale = useLocale();
  const { money } = useFormats();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={list.rows}
      rowKey={({ product }) => product.sku}
      columns={[
        { key: "product", header: t("product"), names: true, cell: ({ product }) => product.name[locale] },
        { key: "list", header: t("list"), align: "end" as const, cell: ({ product }) => money(product.listPriceFen) },
        ...list.tiers.map(({ code }) => ({
          key: code,
          header: tiers[code] ?? code,
          align: "end" as const,
          cell: ({ prices }: PriceList["rows"][number]) => (
            <span className={code === mine ? "font-strong text-brand" : ""}>
              {money(prices.find(({ tier }) => tier === code)?.totalFen)}
            </span>
          ),
        })),
      ]}
    />
  );
}
