import { getTranslations } from "next-intl/server";
import { findingKinds } from "#server/orders/importing/model.ts";
import { formats } from "../../../format/server.ts";
import { server } from "../../../trpc/server.ts";
import { address, param, type Query } from "../../../ui/address.ts";
import { Card } from "../../../ui/card.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Table } from "../../../ui/table.tsx";
import type { Batch } from "./about.tsx";

/** What there is to say about rows: by reason first, and one reason's rows when the address asks for them. */
export async function Findings({ batch, query }: { batch: Batch; query: Query }) {
  const path = `/desk/orders/${batch.id}`;
  const [t, f] = await Promise.all([getTranslations("orders"), formats()]);
  const groups = findingKinds.flatMap((kind) =>
    Object.entries(batch.counters.found[kind]).map(([code, count]) => ({ kind, code, count })),
  );
  const asked = groups.find(({ kind, code }) => kind === param(query, "kind") && code === param(query, "code"));
  return (
    <Card title={t("batch.notesTitle")}>
      {groups.length === 0 ? (
        <p className="text-ink-2">{t("batch.notesNone")}</p>
      ) : (
        <div className="grid gap-6">
          <Table
            caption={t("batch.notesTitle")}
            hideCaption
            rows={groups}
            rowKey={({ kind, code }) => `${kind} ${code}`}
            columns={[
              { key: "kind", header: t("batch.kind"), cell: ({ kind }) => t(`kinds.${kind}`) },
              {
                key: "reason",
                header: t("batch.reason"),
                names: true,
                cell: ({ kind, code }) => (
                  <TextLink href={`${address(path, {}, { kind, code })}#rows`} scroll={false}>
                    {t(`codes.${code}`)}
                  </TextLink>
                ),
              },
              { key: "count", header: t("batch.count"), align: "end", cell: ({ count }) => f.count(count) },
            ]}
          />
          {asked && <Rows batch={batch} query={query} {...asked} />}
        </div>
      )}
    </Card>
  );
}

async function Rows({
  batch,
  query,
  kind,
  code,
}: {
  batch: Batch;
  query: Query;
  kind: (typeof findingKinds)[number];
  code: string;
}) {
  const path = `/desk/orders/${batch.id}`;
  const after = Number(param(query, "after") ?? -1);
  const api = await server();
  const [found, t] = await Promise.all([
    api.orders.findings({ batchId: batch.id, kind, code, after: Number.isInteger(after) && after >= 0 ? after : -1 }),
    getTranslations("orders"),
  ]);
  return (
    <section id="rows" className="scroll-mt-16">
      <Table
        caption={t("batch.findingsCaption", { name: t(`codes.${code}`) })}
        rows={found.findings}
        rowKey={({ row, column }) => `${row} ${column}`}
        columns={[
          { key: "row", header: t("batch.row"), names: true, align: "end", cell: ({ row }) => row, className: "w-24" },
          { key: "column", header: t("batch.column"), cell: ({ column }) => column ?? "--" },
          ...(kind === "leak"
            ? [
                {
                  key: "masked",
                  header: t("batch.shown"),
                  cell: ({ masked }: { masked: string | null }) => <span className="font-mono">{masked}</span>,
                },
              ]
            : []),
        ]}
      />
      <Pager
        first={after >= 0 ? address(path, {}, { kind, code }) : null}
        next={found.after === null ? null : address(path, {}, { kind, code, after: String(found.after) })}
      />
    </section>
  );
}
