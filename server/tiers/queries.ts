import { and, asc, desc, eq, lt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { growthLines, tierAssignments, tierLadders } from "#db/schema/tiers.ts";
import type { MemberId } from "../core/id.ts";
import { ladderAt } from "./ladders/rules.ts";
import type { GrowthLine, Ladder, LedgerPage, ManualTier } from "./model.ts";
import { type Standing, standing } from "./rules.ts";

/** Every published version in order. A handful of rows: read whole. */
export async function ladderHistory(reader: Reader): Promise<Ladder[]> {
  return reader
    .select({
      id: tierLadders.id,
      version: tierLadders.version,
      effectiveFrom: tierLadders.effectiveFrom,
      terms: tierLadders.terms,
    })
    .from(tierLadders)
    .orderBy(asc(tierLadders.version));
}

/** The version in force; null before the first. */
export async function ladderInForce(reader: Reader, at: Date): Promise<Ladder | null> {
  return ladderAt(await ladderHistory(reader), at);
}

/** Where a member stands at an instant, computed from the ledger; null while no ladder is in force. */
export async function standingOf(reader: Reader, memberId: MemberId, at: Date): Promise<Standing | null> {
  const history = await ladderHistory(reader);
  const lines = await memberLines(reader, memberId);
  const assignments = await memberAssignments(reader, memberId);
  return ladderAt(history, at) === null ? null : standing({ lines, history, manual: manualTiers(assignments), at });
}

/** All of a member's ledger, oldest line first. */
export function memberLines(reader: Reader, memberId: MemberId) {
  return reader.select(lineColumns).from(growthLines).where(eq(growthLines.memberId, memberId)).orderBy(asc(growthLines.id));
}

/** Every manual tier that a member was or is to be given; `manualTiers` reads those that count from it. */
export function memberAssignments(reader: Reader, memberId: MemberId) {
  return reader.select().from(tierAssignments).where(eq(tierAssignments.memberId, memberId));
}

/** The approved ones among a member's assignments, past ones included. */
export function manualTiers(rows: readonly (typeof tierAssignments.$inferSelect)[]): ManualTier[] {
  return rows.flatMap(({ state, tier, reason, decidedAt, endsAt }) =>
    state === "approved" && decidedAt !== null ? [{ tier, reason, startsAt: decidedAt, endsAt }] : [],
  );
}

/** A page of a member's ledger, newest line first; `before` is the id of the last line seen. */
export async function ledgerPage(
  reader: Reader,
  memberId: MemberId,
  { before, size }: LedgerPage,
): Promise<{ lines: GrowthLine[]; before: string | null }> {
  const rows = await ledgerPageQuery(reader, memberId, before, size + 1);
  const lines = rows.slice(0, size);
  return { lines, before: rows.length > size ? (lines.at(-1)?.id ?? null) : null };
}

/** The statement of `ledgerPage`. */
export function ledgerPageQuery(reader: Reader, memberId: MemberId, before: LedgerPage["before"], limit: number) {
  return reader
    .select(lineColumns)
    .from(growthLines)
    .where(and(eq(growthLines.memberId, memberId), before === undefined ? undefined : lt(growthLines.id, before)))
    .orderBy(desc(growthLines.id))
    .limit(limit);
}

const lineColumns = {
  id: growthLines.id,
  orderId: growthLines.orderId,
  growth: growthLines.growth,
  earnedAt: growthLines.earnedAt,
  recordedAt: growthLines.recordedAt,
  reason: growthLines.reason,
};
