import { and, eq, gt, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { orderExports } from "#db/schema/order-console.ts";
import * as audit from "../../../audit/service.ts";
import type { Context, StaffActor } from "../../../core/context.ts";
import { Refusal } from "../../../core/refusal.ts";
import { DAY_MS } from "../../../core/time.ts";
import { walk } from "../queries.ts";
import { type AskExport, EXPORT_LINK_MS, MAX_EXPORT_ROWS, type OrderExportId } from "./model.ts";

export type ExportRow = typeof orderExports.$inferSelect;

/** Orders that are counted at a time: only how many there are is kept. */
const COUNTED = 5_000;

/**
 * Lets a search be taken out as a file by one link that works once, for five minutes, for whoever asked. What may not be
 * taken out is recorded too. Refuses: EXPORT_TOO_LARGE with `{ max }`, EXPORT_EMPTY.
 */
export async function ask(
  ctx: Context<StaffActor>,
  asked: AskExport,
  max = MAX_EXPORT_ROWS,
): Promise<{ exportId: OrderExportId }> {
  const { filter, format, purpose } = asked;
  const rows = await countUpTo(ctx, asked, max + 1);
  const refusal =
    rows > max
      ? new Refusal("EXPORT_TOO_LARGE", { max }, "too_large")
      : rows === 0
        ? new Refusal("EXPORT_EMPTY")
        : null;
  const exportId = ctx.newId<"orderExport">();
  await ctx.db.transact(async (tx) => {
    await audit.record(tx, ctx, {
      action: "order.export",
      subject: { kind: "orderExport", id: exportId },
      purpose,
      outcome: refusal === null ? "done" : "refused",
      detail: { format, filters: Object.keys(filter).sort().join(" "), rows, code: refusal?.code ?? null },
    });
    if (refusal !== null) return;
    await tx.insert(orderExports).values({
      id: exportId,
      staffId: ctx.actor.id,
      state: "waiting",
      filter,
      format,
      purpose,
      createdAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + EXPORT_LINK_MS),
      rows: 0,
    });
  });
  if (refusal !== null) throw refusal;
  return { exportId };
}

/** Uses the link of an export up. Refuses, and records it: EXPORT_LINK_OVER when it was used, ran out, or is a colleague's. */
export async function begin(ctx: Context<StaffActor>, exportId: OrderExportId): Promise<ExportRow> {
  const begun = await ctx.db.transact(async (tx) => {
    const [row] = await tx
      .update(orderExports)
      .set({ state: "running", startedAt: ctx.now })
      .where(
        and(
          eq(orderExports.id, exportId),
          eq(orderExports.staffId, ctx.actor.id),
          eq(orderExports.state, "waiting"),
          gt(orderExports.expiresAt, ctx.now),
        ),
      )
      .returning();
    await audit.record(tx, ctx, {
      action: "order.export.begin",
      subject: { kind: "orderExport", id: exportId },
      outcome: row === undefined ? "refused" : "done",
    });
    return row;
  });
  if (begun === undefined) throw new Refusal("EXPORT_LINK_OVER", {}, "missing");
  return begun;
}

/** Records how an export ended: whether its last row went out, and how many did. */
export async function end(ctx: Context, exportId: OrderExportId, rows: number, whole: boolean): Promise<void> {
  await ctx.db.transact((tx) => close(tx, ctx, exportId, { rows, whole }));
}

/** Records as interrupted what began a day ago and never said how it ended: its process is gone. */
export async function closeLost(tx: Tx, ctx: Context): Promise<void> {
  const yesterday = new Date(ctx.now.getTime() - DAY_MS);
  const lost = await tx
    .select({ id: orderExports.id, rows: orderExports.rows })
    .from(orderExports)
    .where(and(eq(orderExports.state, "running"), lt(orderExports.startedAt, yesterday)));
  for (const { id, rows } of lost) await close(tx, ctx, id, { rows, whole: false });
}

async function close(
  tx: Tx,
  ctx: Context,
  exportId: OrderExportId,
  { rows, whole }: { rows: number; whole: boolean },
): Promise<void> {
  const closed = await tx
    .update(orderExports)
    .set({ state: whole ? "done" : "interrupted", rows, finishedAt: ctx.now })
    .where(and(eq(orderExports.id, exportId), eq(orderExports.state, "running")))
    .returning({ id: orderExports.id });
  if (closed.length === 0) return;
  await audit.record(tx, ctx, {
    action: "order.export.finish",
    subject: { kind: "orderExport", id: exportId },
    detail: { rows, whole },
  });
}

async function countUpTo(ctx: Context, { filter }: AskExport, most: number): Promise<number> {
  let rows = 0;
  for await (const some of walk(ctx, filter, COUNTED)) {
    rows += some.length;
    if (rows >= most) break;
  }
  return rows;
}
