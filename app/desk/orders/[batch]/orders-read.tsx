import { useTranslations } from "next-intl";
import type { SampleOrder } from "#server/orders/importing/model.ts";
import { type OrderStatus, orderStatuses } from "#server/tiers/model.ts";
import { useFormats } from "../../../format/use.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { Table } from "../../../ui/table.tsx";
import { statusTones } from "../tones.ts";

/** How many orders of the file stand where. */
export function StatusCounts({ byStatus }: { byStatus: Readonly<Partial<Record<OrderStatus, number>>> }) {
  const t = useTranslations("orders");
  const f = useFormats();
  return (
    <Card title={t("batch.statusTitle")}>
      <KeyValues
        items={orderStatuses
          .filter((status) => (byStatus[status] ?? 0) > 0)
          .map((status) => ({
            key: status,
            label: <Badge tone={statusTones[status]}>{t(`statuses.${status}`)}</Badge>,
            value: f.count(byStatus[status] ?? 0),
          }))}
      />
    </Card>
  );
}

/** The first orders of the file as they were understood. */
export function Samples({ sample }: { sample: readonly SampleOrder[] }) {
  const t = useTranslations("orders");
  const f = useFormats();
  return (
    <Card title={t("batch.sampleTitle")}>
      <Table
        caption={t("batch.sampleCaption")}
        rows={sample}
        rowKey={(row) => `${row.maskedId} ${row.placedAt}`}
        columns={[
          {
            key: "order",
            header: t("batch.order"),
            names: true,
            cell: (row) => <span className="font-mono">{row.maskedId}</span>,
          },
          {
            key: "status",
            header: t("batch.status"),
            cell: (row) => <Badge tone={statusTones[row.status]}>{t(`statuses.${row.status}`)}</Badge>,
          },
          { key: "paid", header: t("batch.amount"), align: "end", cell: (row) => f.money(row.paidFen) },
          { key: "placedAt", header: t("batch.placedAt"), cell: (row) => f.dateTime(new Date(row.placedAt)) },
          { key: "change", header: t("batch.change"), cell: (row) => t(`changes.${row.change}`) },
        ]}
      />
    </Card>
  );
}
