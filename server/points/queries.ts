import { and, asc, desc, eq, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { pointsDeductions, pointsLines, pointsPolicies } from "#db/schema/points.ts";
import { isId, type MemberId, type OrderId } from "../core/id.ts";
import { type Balance, balanceOf } from "./ledger/rules.ts";
import type { OwnPointsLine, PointsLine, PointsLineId, PointsPage, PointsPolicy } from "./model.ts";
import { policyAt } from "./policies/rules.ts";

/** Every published version in order. A handful of rows: read whole. */
export async function policyHistory(reader: Reader): Promise<PointsPolicy[]> {
  return reader
    .select({
      id: pointsPolicies.id,
      version: pointsPolicies.version,
      effectiveFrom: pointsPolicies.effectiveFrom,
      terms: pointsPolicies.terms,
    })
    .from(pointsPolicies)
    .orderBy(asc(pointsPolicies.version));
}

/** All of a member's points ledger, oldest line first. */
export function pointsLinesOf(reader: Reader, memberId: MemberId) {
  return reader
    .select(lineColumns)
    .from(pointsLines)
    .where(eq(pointsLines.memberId, memberId))
    .orderBy(asc(pointsLines.id));
}

const lineColumns = {
  id: pointsLines.id,
  kind: pointsLines.kind,
  rule: pointsLines.rule,
  direction: pointsLines.direction,
  sourceId: pointsLines.sourceId,
  points: pointsLines.points,
  lotId: pointsLines.lotId,
  availableAt: pointsLines.availableAt,
  expiresAt: pointsLines.expiresAt,
  recordedAt: pointsLines.recordedAt,
};

/** What a member has; null for a brand that has no points and a member who never had any. */
export type OwnPoints = { readonly balance: Balance; readonly entries: number; readonly policy: PointsPolicy | null };

/** A member's balance at an instant, from the ledger. */
export async function pointsOf(reader: Reader, memberId: MemberId, at: Date): Promise<OwnPoints | null> {
  const [lines, history] = [await pointsLinesOf(reader, memberId), await policyHistory(reader)];
  if (lines.length === 0 && history.length === 0) return null;
  return { balance: balanceOf(lines, at), entries: lines.length, policy: policyAt(history, at) };
}

/** A page of a member's points ledger, newest line first; `before` is the id of the last line seen. */
export async function pointsPage(
  reader: Reader,
  memberId: MemberId,
  { before, size }: PointsPage,
): Promise<{ lines: OwnPointsLine[]; before: PointsLineId | null }> {
  const rows = await pointsPageQuery(reader, memberId, before, size + 1);
  const lines = rows.slice(0, size).map((line) => ({ ...line, orderId: orderOf(line) }));
  return { lines, before: rows.length > size ? (lines.at(-1)?.id ?? null) : null };
}

/** The order that a line follows from, if it does. */
export function orderOf({ rule, sourceId }: Pick<PointsLine, "rule" | "sourceId">): OrderId | null {
  return rule === "order" && isId<"order">(sourceId) ? sourceId : null;
}

/** The statement of `pointsPage`. */
export function pointsPageQuery(reader: Reader, memberId: MemberId, before: PointsPage["before"], limit: number) {
  return reader
    .select({ ...lineColumns, reason: pointsDeductions.reason })
    .from(pointsLines)
    .leftJoin(
      pointsDeductions,
      and(eq(pointsDeductions.memberId, pointsLines.memberId), eq(pointsDeductions.id, pointsLines.sourceId)),
    )
    .where(and(eq(pointsLines.memberId, memberId), before === undefined ? undefined : lt(pointsLines.id, before)))
    .orderBy(desc(pointsLines.id))
    .limit(limit);
}
