import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Table } from "#app/ui/table.tsx";
import type { OwnPointsLine } from "#server/points/model.ts";
import { lastDayBefore } from "../tier/mine.ts";
import { useSaying } from "./saying.ts";

/** Lines of the points ledger: what happened, of which order, how many, and when they can be used. */
export function PointsTable({
  caption,
  lines,
  orders,
}: {
  caption: string;
  lines: readonly OwnPointsLine[];
  /** Masked numbers of the orders that are still the member's. */
  orders: ReadonlyMap<string, string>;
}) {
  const t = useTranslations("points");
  const say = useSaying();
  const { count, date, dateTime } = useFormats();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        { key: "what", header: t("column.what"), names: true, cell: say },
        {
          key: "order",
          header: t("column.order"),
          cell: ({ orderId }) => (orderId === null ? "" : (orders.get(orderId) ?? t("mine.notYours"))),
        },
        {
          key: "points",
          header: t("column.points"),
          align: "end",
          cell: ({ points }) => (points > 0 ? `+${count(points)}` : count(points)),
        },
        {
          key: "usable",
          header: t("column.usable"),
          align: "end",
          cell: ({ availableAt, expiresAt }) => {
            if (availableAt === null) return t("usable.waiting");
            const from = date(availableAt);
            if (expiresAt === null) return t("usable.from", { from });
            return t("usable.span", { from, to: date(lastDayBefore(expiresAt)) });
          },
        },
        { key: "recorded", header: t("column.recorded"), align: "end", cell: ({ recordedAt }) => dateTime(recordedAt) },
      ]}
    />
  );
}
