import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isId } from "#server/core/id.ts";
import { movingStates, waitingStates } from "#server/orders/importing/model.ts";
import { isCancellable } from "#server/orders/importing/rules.ts";
import { formats } from "../../../format/server.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { server } from "../../../trpc/server.ts";
import type { Query } from "../../../ui/address.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card, Stat, Stats } from "../../../ui/card.tsx";
import { LinkButton, TextLink } from "../../../ui/link.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Steps } from "../../../ui/steps.tsx";
import { currentStaff } from "../../session.ts";
import { importSteps } from "../steps.ts";
import { batchTones, shownState } from "../tones.ts";
import { About } from "./about.tsx";
import { CancelImport, ConfirmImport, ResumeImport } from "./acts.tsx";
import { Aside } from "./aside.tsx";
import { Findings } from "./findings.tsx";
import { SaidStatuses, Samples, StatusCounts } from "./orders-read.tsx";
import { Origin } from "./origin.tsx";
import { Undo } from "./undo.tsx";
import { Watch } from "./watch.tsx";

const stepOf = {
  checking: "check",
  checked: "check",
  quarantined: "check",
  running: "run",
  done: "report",
  refused: "check",
  cancelled: "report",
  stopped: "run",
  undoing: "report",
  undone: "report",
} as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.batch");
  return { title: t("title") };
}

/** One import: what the check found, how far it is, what came of it. */
export default async function BatchPage({
  params,
  searchParams,
}: {
  params: Promise<{ batch: string }>;
  searchParams: Promise<Query>;
}) {
  const [{ batch: batchId }, query] = await Promise.all([params, searchParams]);
  if (!isId<"importBatch">(batchId)) notFound();
  const api = await server();
  const [batch, me, t, all, f] = await Promise.all([
    api.orders.batch({ batchId }),
    currentStaff(),
    getTranslations("orders.batch"),
    getTranslations("orders"),
    formats(),
  ]);
  const { state, counters } = batch;
  const may = me?.permissions.includes("order:import") === true;
  const moving = movingStates.some((moves) => moves === state);
  const waits = waitingStates.some((waiting) => waiting === state);
  const leaks = Object.values(counters.found.leak).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <PageHeader
        title={t("title")}
        badge={<Badge tone={batchTones[shownState(batch)]}>{all(`states.${shownState(batch)}`)}</Badge>}
        description={<span className="break-all">{batch.fileName}</span>}
        back={{ href: "/desk/orders", label: all("back") }}
        actions={
          <ClientMessages of={["orders"]}>
            {may && isCancellable(batch) && <CancelImport batchId={batchId} waits={waits} />}
            {may && state === "stopped" && <ResumeImport batchId={batchId} />}
            {may && state === "checked" && batch.source !== "cli" && <ConfirmImport batchId={batchId} />}
            {may && (state === "refused" || state === "cancelled") && (
              <LinkButton href="/desk/orders/new" tone="primary">
                {t("again")}
              </LinkButton>
            )}
          </ClientMessages>
        }
      />
      <Steps label={t("steps")} items={importSteps(all)} current={stepOf[state]} />
      <div className="grid gap-4">
        {batch.interrupted && <Notice tone="warn">{t("interrupted")}</Notice>}
        {moving && !batch.interrupted && (
          <ClientMessages of={["orders"]}>
            <Watch key={state} batchId={batchId} first={{ state, progress: batch.progress, counters }} />
          </ClientMessages>
        )}
        {state === "quarantined" && <Origin batch={batch} may={may} />}
        {state === "checked" && <Notice>{t("confirmHint")}</Notice>}
        {batch.stopped && (
          <Notice tone="bad" title={t("stoppedTitle")}>
            {t(`stopped.${batch.stopped.at}`)}{" "}
            <code className="font-mono text-sm text-ink-3">{batch.stopped.code}</code>
          </Notice>
        )}
        {state === "refused" && (
          <Notice tone="bad" title={t("refusedTitle")}>
            <FileCodes codes={batch.fileCodes} columns={batch.columns} />
            {batch.fileCodes.includes("NOT_DESENSITISED") && <p>{t("overrideHint")}</p>}
          </Notice>
        )}
        {state === "undone" && batch.undone && (
          <Notice title={t("undoneTitle", { name: batch.undoneBy ?? "--", at: f.dateTime(batch.undoneAt) })}>
            {t("undoneBody", { restored: batch.undone.restored, removed: batch.undone.removed })}{" "}
            {batch.undone.kept > 0 && t("undoneKept", { kept: batch.undone.kept })}
          </Notice>
        )}
        {batch.sameAs && (
          <Notice title={t("sameTitle")}>
            {t("sameBody")} <TextLink href={`/desk/orders/${batch.sameAs}`}>{t("sameLink")}</TextLink>
          </Notice>
        )}
        {state !== "refused" && batch.fileCodes.length > 0 && (
          <Notice tone="warn" title={t("fileNotes")}>
            <FileCodes codes={batch.fileCodes} columns={batch.columns} />
          </Notice>
        )}
        {state !== "refused" && !moving && (
          <Card title={t(waits ? "checkSummary" : "summary")}>
            <div className="grid gap-5">
              <Stats>
                <Stat label={t("created")} value={f.count(counters.orders.created)} />
                <Stat label={t("updated")} value={f.count(counters.orders.updated)} />
                <Stat label={t("unchanged")} value={f.count(counters.orders.unchanged)} />
                <Stat label={t("rejected")} value={f.count(counters.orders.rejected)} />
                <Stat label={t("cleaned")} value={f.count(leaks)} />
              </Stats>
              <Stats>
                <Stat
                  label={t("rows")}
                  value={f.count(counters.rows.data)}
                  note={t("rowsNote", { read: f.count(counters.rows.read), skipped: f.count(counters.rows.skipped) })}
                />
                <Stat label={t("paid")} value={f.money(counters.totals.paidFen)} />
                <Stat
                  label={t("refunded")}
                  value={f.money(counters.totals.refundFen)}
                  note={
                    counters.totals.refundUnknownOrders > 0 &&
                    t("unknownRefunds", { count: counters.totals.refundUnknownOrders })
                  }
                />
              </Stats>
            </div>
          </Card>
        )}
        {!moving && batch.sample.length > 0 && <Samples sample={batch.sample} waits={waits} />}
        {state !== "refused" && !moving && <SaidStatuses batch={batch} />}
        {!moving && <Aside batch={batch} may={may} waits={waits} />}
        {may && <Undo batchId={batchId} />}
        {state !== "refused" && !moving && <Findings batch={batch} query={query} />}
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <About batch={batch} moving={moving} />
          <div className="grid gap-4">
            {state !== "refused" && !moving && <StatusCounts byStatus={counters.byStatus} />}
            {state !== "quarantined" && <Origin batch={batch} may={may} />}
          </div>
        </div>
      </div>
    </>
  );
}

async function FileCodes({ codes, columns }: { codes: readonly string[]; columns: readonly string[] }) {
  const t = await getTranslations("orders");
  return (
    <>
      {codes.map((code) => (
        <p key={code}>
          {t(`fileCodes.${code}`)} <code className="font-mono text-sm text-ink-3">{code}</code>
        </p>
      ))}
      {columns.length > 0 && <p>{t("batch.columns", { columns: columns.join(" · ") })}</p>}
    </>
  );
}
