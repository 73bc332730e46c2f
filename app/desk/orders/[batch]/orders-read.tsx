import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Change, SampleOrder } from "#server/orders/importing/model.ts";
import type { SaidWord } from "#server/orders/reading/model.ts";
import { type OrderStatus, orderStatuses } from "#server/tiers/model.ts";
import { useFormats } from "../../../format/use.ts";
import { address } from "../../../ui/address.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { Table } from "../../../ui/table.tsx";
import { statusTones } from "../tones.ts";
import type { Batch } from "./about.tsx";

/** How many orders of the file stand where. */
export function StatusCounts({ byStatus }: { byStatus: Readonly<Partial<Record<OrderStatus, number>>> }) {
  const t = useTranslations("orders");
  const f = useFormats();
  const there = orderStatuses.filter((status) => (byStatus[status] ?? 0) > 0);
  if (there.length === 0) return null;
  return (
    <Card title={t("batch.statusTitle")}>
      <KeyValues
        items={there.map((status) => ({
          key: status,
          label: <Badge tone={statusTones[status]}>{t(`statuses.${status}`)}</Badge>,
          value: f.count(byStatus[status] ?? 0),
        }))}
      />
    </Card>
  );
}

/** By which words the file says how its orders stand, what each is taken for, and on how many rows it stands. */
export function SaidStatuses({ batch: { id, words } }: { batch: Batch }) {
  const t = useTranslations("orders");
  const meanings = useTranslations("mappings");
  const f = useFormats();
  if (words === null || words.status.length === 0) return null;
  const rows = [
    ...words.status.map((said) => ({ ...said, key: `status ${said.word}` })),
    ...words.afterSale.map((said) => ({ ...said, key: `afterSale ${said.word}` })),
  ];
  const meant = (meaning: SaidWord["meaning"]) => {
    if (meaning === null) return t("batch.notUnderstood");
    if (meaning === "none" || meaning === "asked" || meaning === "back")
      return meanings(`afterSaleMeanings.${meaning}`);
    if (meaning === "ended" || meaning === "ended-if-paid") return meanings(`meanings.${meaning}`);
    return <Badge tone={statusTones[meaning]}>{t(`statuses.${meaning}`)}</Badge>;
  };
  return (
    <Card title={t("batch.wordsTitle")}>
      <Table
        caption={t("batch.wordsCaption")}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          {
            key: "word",
            header: t("batch.word"),
            names: true,
            cell: ({ word }) =>
              word ?? (
                <TextLink href={`${address(`/desk/orders/${id}`, {}, UNKNOWN)}#rows`} scroll={false}>
                  {t("batch.unknownWords")}
                </TextLink>
              ),
          },
          { key: "meaning", header: t("batch.meaning"), cell: ({ meaning }) => meant(meaning) },
          { key: "rows", header: t("batch.count"), align: "end", cell: ({ rows }) => f.count(rows) },
        ]}
      />
    </Card>
  );
}

const UNKNOWN = { kind: "reason", code: "UNKNOWN_STATUS" };

/** Some orders of each change, as they were understood: what was known of them before, and what the file makes of them. */
export function Samples({ sample, waits }: { sample: readonly SampleOrder[]; waits: boolean }) {
  const t = useTranslations("orders");
  const f = useFormats();
  const shown = changesFirst.flatMap((change) => sample.filter((order) => order.change === change));
  return (
    <Card title={t(waits ? "batch.wouldTitle" : "batch.sampleTitle")}>
      <Table
        caption={t("batch.sampleCaption")}
        rows={shown}
        rowKey={(row) => `${row.maskedId} ${row.placedAt} ${row.change}`}
        columns={[
          {
            key: "order",
            header: t("batch.order"),
            names: true,
            cell: (row) => <span className="font-mono">{row.maskedId}</span>,
          },
          {
            key: "change",
            header: t("batch.change"),
            cell: (row) => (
              <>
                {t(`changes.${row.change}`)}
                {row.change === "updated" && looksTheSame(row) && (
                  <span className="text-sm text-ink-3"> {t("batch.otherwise")}</span>
                )}
              </>
            ),
          },
          {
            key: "status",
            header: t("batch.status"),
            cell: (row) => (
              <Became
                show={(status) => <Badge tone={statusTones[status]}>{t(`statuses.${status}`)}</Badge>}
                before={row.before?.status}
                after={row.status}
              />
            ),
          },
          {
            key: "paid",
            header: t("batch.amount"),
            align: "end",
            cell: (row) => <Became show={f.money} before={row.before?.paidFen} after={row.paidFen} />,
          },
          {
            key: "refund",
            header: t("batch.refunded"),
            align: "end",
            cell: (row) => <Became show={f.money} before={row.before?.refundFen} after={row.refundFen} />,
          },
          { key: "placedAt", header: t("batch.placedAt"), cell: (row) => f.dateTime(new Date(row.placedAt)) },
        ]}
      />
    </Card>
  );
}

/** What an import changes is what somebody has to look at before it runs. */
const changesFirst = ["updated", "created", "unchanged"] as const satisfies readonly Change[];

function looksTheSame({ before, status, paidFen, refundFen }: SampleOrder): boolean {
  return before?.status === status && before.paidFen === paidFen && before.refundFen === refundFen;
}

/** A value, and what it was before where that is another. */
function Became<Value>({
  show,
  before,
  after,
}: {
  show: (value: Value) => ReactNode;
  before: Value | undefined;
  after: Value;
}) {
  const t = useTranslations("orders.batch");
  if (before === undefined || before === after) return show(after);
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-1.5">
      <span className="text-ink-2">{show(before)}</span>
      <ArrowRight role="img" aria-label={t("becomes")} size={14} className="text-ink-3" />
      <strong className="font-strong">{show(after)}</strong>
    </span>
  );
}
