import { setImmediate as pause } from "node:timers/promises";
import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { growthLines, tierAssignments, tierLadderDrafts, tierLadders } from "#db/schema/tiers.ts";
import type { MemberId, StaffId, TierLadderId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { addDays } from "../../core/time.ts";
import { activeMembers } from "../../members/queries.ts";
import type { Ladder, LadderTerms, ManualTier, TierCode } from "../model.ts";
import type { BookedLine } from "../periods/rules.ts";
import { ladderHistory, manualTiers } from "../queries.ts";
import { tierAt } from "../rules.ts";
import { type DryRun, diffTerms, earliestEffect, ladderAt, type Move, migrationTable } from "./rules.ts";

/** Ledger lines read at once by a dry run. */
const PAGE = 5_000;

/** The versions that are public, newest first, each with what it changed and whether it is in force. */
export async function publishedVersions(reader: Reader, at: Date) {
  const rows = await reader
    .select({
      id: tierLadders.id,
      version: tierLadders.version,
      terms: tierLadders.terms,
      effectiveFrom: tierLadders.effectiveFrom,
      publishedAt: tierLadders.publishedAt,
    })
    .from(tierLadders)
    .orderBy(desc(tierLadders.version));
  const inForce = rows.find((row) => row.effectiveFrom <= at)?.version ?? 0;
  return rows.map((row, index) => {
    const previous = rows[index + 1]?.terms ?? null;
    const status = row.version > inForce ? "announced" : row.version === inForce ? "inForce" : "past";
    return { ...row, status, previous, changes: diffTerms(previous, row.terms) } as const;
  });
}

/** The drafts that are not published yet, last edited first. */
export async function openDrafts(reader: Reader) {
  return reader
    .select({
      id: tierLadderDrafts.id,
      revision: tierLadderDrafts.revision,
      state: tierLadderDrafts.state,
      terms: tierLadderDrafts.terms,
      editedAt: tierLadderDrafts.editedAt,
      editors: tierLadderDrafts.editors,
    })
    .from(tierLadderDrafts)
    .where(ne(tierLadderDrafts.state, "published"))
    .orderBy(desc(tierLadderDrafts.editedAt))
    .limit(20);
}

/** One draft, whether the reader had a hand in it, and when it could take effect at the earliest. Refuses LADDER_NOT_FOUND. */
export async function oneDraft(reader: Reader, staffId: StaffId, ladderId: TierLadderId, now: Date) {
  const [draft] = await reader.select().from(tierLadderDrafts).where(eq(tierLadderDrafts.id, ladderId));
  if (draft === undefined) throw new Refusal("LADDER_NOT_FOUND", {}, "missing");
  const history = await ladderHistory(reader);
  const { id, revision, state, terms, editedAt } = draft;
  return {
    id,
    revision,
    state,
    terms,
    editedAt,
    own: draft.editors.includes(staffId),
    published: ladderAt(history, now)?.terms ?? history.at(-1)?.terms ?? null,
    earliest: earliestEffect(history, now),
  };
}

/**
 * Who would move, from real data: every member's ledger under the rules in force and under the draft. Reads members in
 * pages, gives way to other work between them, and writes nothing.
 */
export async function dryRun(reader: Reader, terms: LadderTerms, now: Date): Promise<DryRun> {
  const history = await ladderHistory(reader);
  const at = earliestEffect(history, now);
  const draft: Ladder = { id: "draft", version: (history.at(-1)?.version ?? 0) + 1, effectiveFrom: at, terms };
  const old = ladderAt(history, at)?.terms ?? terms;
  const lowest = { old: old.tiers[0]?.code ?? "", draft: terms.tiers[0]?.code ?? "" };
  const manual = await manualByMember(reader, now);
  const onEffect = new Map<string, Move>();
  const always = new Map<string, Move>();
  const stand = (ladders: readonly Ladder[], lines: readonly BookedLine[], memberId: MemberId) =>
    tierAt({ lines, history: ladders, manual: manual.get(memberId) ?? [], at });
  let seen = 0;
  const look = (memberId: MemberId, lines: readonly BookedLine[]) => {
    const from = ladderAt(history, at) === null ? lowest.old : stand(history, lines, memberId);
    add(onEffect, from, stand([...history, draft], lines, memberId));
    add(always, from, stand([{ ...draft, effectiveFrom: addDays(at, -36_500) }], lines, memberId));
    manual.delete(memberId);
    seen += 1;
  };
  for await (const [memberId, lines] of ledgers(reader)) look(memberId, lines);
  for (const memberId of [...manual.keys()]) look(memberId, []);
  const all = await activeMembers(reader);
  for (const moves of [onEffect, always]) add(moves, lowest.old, lowest.draft, Math.max(0, all - seen));
  return {
    members: Math.max(all, seen),
    at,
    onEffect: migrationTable(old, terms, [...onEffect.values()]),
    hadItAlwaysBeen: migrationTable(old, terms, [...always.values()]),
  };
}

function add(moves: Map<string, Move>, from: TierCode, to: TierCode, members = 1): void {
  const key = `${from}>${to}`;
  moves.set(key, { from, to, members: (moves.get(key)?.members ?? 0) + members });
}

async function manualByMember(reader: Reader, now: Date): Promise<Map<MemberId, ManualTier[]>> {
  const rows = await reader
    .select()
    .from(tierAssignments)
    .where(and(eq(tierAssignments.state, "approved"), gt(tierAssignments.endsAt, now)));
  return new Map([...Map.groupBy(rows, (row) => row.memberId)].map(([memberId, own]) => [memberId, manualTiers(own)]));
}

/** Every ledger there is, member by member, in pages of lines along the primary key. */
async function* ledgers(reader: Reader): AsyncGenerator<[MemberId, BookedLine[]]> {
  let current: [MemberId, BookedLine[]] | null = null;
  for (let after: { memberId: MemberId; id: string } | null = null; ; await pause()) {
    const page: (typeof growthLines.$inferSelect)[] = await reader
      .select()
      .from(growthLines)
      .where(
        after === null
          ? undefined
          : sql`(${growthLines.memberId}, ${growthLines.id}) > (${after.memberId}, ${after.id})`,
      )
      .orderBy(growthLines.memberId, growthLines.id)
      .limit(PAGE);
    for (const line of page) {
      if (current !== null && current[0] === line.memberId) {
        current[1].push(line);
        continue;
      }
      if (current !== null) yield current;
      current = [line.memberId, [line]];
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = { memberId: last.memberId, id: last.id };
  }
  if (current !== null) yield current;
}
