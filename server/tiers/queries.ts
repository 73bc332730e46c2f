import { and, asc, desc, eq, lt } from "drizzle-orm";
import type { Db, Reader } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { growthLines, tierAssignments, tierLadders, tierTotals } from "#db/schema/tiers.ts";
import type { MemberId } from "../core/id.ts";
import { activeMembers } from "../members/queries.ts";
import { ladderAt } from "./ladders/rules.ts";
import type { AssignmentState, GrowthLine, Ladder, LedgerPage, ManualTier, Tier } from "./model.ts";
import { countedLines, lastTurn, type Standing, standing } from "./rules.ts";

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

/** How long a process trusts the versions it has read: far less than the notice that every version needs. */
const TRUSTED_MS = 1_000;
const lastRead = new WeakMap<Db, { readonly at: Date; readonly history: readonly Ladder[] }>();

/** Every published version, read again once a second at most: for pages that many members open. */
async function recentHistory(db: Db, at: Date): Promise<readonly Ladder[]> {
  const known = lastRead.get(db);
  if (known !== undefined && Math.abs(at.getTime() - known.at.getTime()) < TRUSTED_MS) return known.history;
  const history = await ladderHistory(db);
  if (history.length > 0) lastRead.set(db, { at, history });
  return history;
}

/** The version in force; null before the first. */
export async function ladderInForce(reader: Reader, at: Date): Promise<Ladder | null> {
  return ladderAt(await ladderHistory(reader), at);
}

/** Where a member stands at an instant, computed from the ledger; null while no ladder is in force. */
export async function standingOf(reader: Reader, memberId: MemberId, at: Date): Promise<Standing | null> {
  return (await standingWithLines(reader, memberId, at, await ladderHistory(reader)))?.standing ?? null;
}

/** All of a member's ledger, oldest line first. */
export function memberLines(reader: Reader, memberId: MemberId) {
  return reader
    .select(lineColumns)
    .from(growthLines)
    .where(eq(growthLines.memberId, memberId))
    .orderBy(asc(growthLines.id));
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
): Promise<{ lines: GrowthLine[]; before: GrowthLine["id"] | null }> {
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

/** What a member sees of their tier; null while no ladder is in force. `next` is a version that is announced. */
export async function mine(db: Db, memberId: MemberId, at: Date) {
  const own = await standingWithLines(db, memberId, at, await recentHistory(db, at));
  if (own === null) return null;
  const { lines, history, ...seen } = own;
  return { ...seen, at, entries: lines.length, next: history.find((each) => each.effectiveFrom > at) ?? null };
}

/** Why a member stands where they stand: every turn, and the ledger lines that the deciding one counted. */
export async function explanation(db: Db, memberId: MemberId, at: Date) {
  const own = await standingWithLines(db, memberId, at, await recentHistory(db, at));
  if (own === null) return null;
  const turn = lastTurn(own.standing.steps) ?? null;
  const lines = turn === null ? [] : countedLines(own.lines, turn.span, at);
  return { standing: own.standing, ladder: own.ladder, history: own.history, turn, lines };
}

async function standingWithLines(reader: Reader, memberId: MemberId, at: Date, history: readonly Ladder[]) {
  const lines = await memberLines(reader, memberId);
  const manual = manualTiers(await memberAssignments(reader, memberId));
  const ladder = ladderAt(history, at);
  return ladder === null ? null : { standing: standing({ lines, history, manual, at }), ladder, history, lines };
}

/** Active members in each tier of the ladder in force, from totals that are kept as they change: no scan. */
export async function tierCounts(reader: Reader, at: Date): Promise<{ tier: Tier; members: number }[]> {
  const ladder = await ladderInForce(reader, at);
  if (ladder === null) return [];
  const kept = new Map((await reader.select().from(tierTotals)).map((row) => [row.tier, row.members]));
  const placed = ladder.terms.tiers.slice(1).reduce((sum, { code }) => sum + (kept.get(code) ?? 0), 0);
  const all = await activeMembers(reader);
  return ladder.terms.tiers.map((tier, rank) => ({
    tier,
    members: rank === 0 ? all - placed : (kept.get(tier.code) ?? 0),
  }));
}

/** Tiers given by hand, those that wait for a second person first, then by age. */
export async function assignments(reader: Reader) {
  const columns = {
    id: tierAssignments.id,
    memberId: tierAssignments.memberId,
    cardNumber: members.number,
    tier: tierAssignments.tier,
    reason: tierAssignments.reason,
    state: tierAssignments.state,
    requestedBy: tierAssignments.requestedBy,
    requestedAt: tierAssignments.requestedAt,
    decidedAt: tierAssignments.decidedAt,
    endsAt: tierAssignments.endsAt,
  };
  const inState = (state: AssignmentState, limit: number) =>
    reader
      .select(columns)
      .from(tierAssignments)
      .innerJoin(members, eq(members.id, tierAssignments.memberId))
      .where(eq(tierAssignments.state, state))
      .orderBy(desc(tierAssignments.id))
      .limit(limit);
  return { waiting: await inState("requested", 100), recent: await inState("approved", 20) };
}
