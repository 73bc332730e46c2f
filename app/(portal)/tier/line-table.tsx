import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Table } from "#app/ui/table.tsx";
import type { GrowthLine } from "#server/tiers/model.ts";

/** Ledger lines: what happened, how much it moved, from when it counts. */
export function LineTable({ caption, lines }: { caption: string; lines: readonly GrowthLine[] }) {
  const t = useTranslations("tiers");
  const { count, date, dateTime } = useFormats();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        { key: "what", header: t("column.what"), names: true, cell: ({ reason }) => t(`reason.${reason}`) },
        {
          key: "growth",
          header: t("column.growth"),
          align: "end",
          cell: ({ growth }) => (growth > 0 ? `+${count(growth)}` : count(growth)),
        },
        {
          key: "counts",
          header: t("column.counts"),
          align: "end",
          cell: ({ earnedAt }) => (earnedAt === null ? t("why.waiting") : date(earnedAt)),
        },
        { key: "recorded", header: t("column.recorded"), align: "end", cell: ({ recordedAt }) => dateTime(recordedAt) },
      ]}
    />
  );
}
