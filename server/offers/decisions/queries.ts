import { and, asc, count, countDistinct, desc, eq, gt, inArray, lt, min, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { decisions, offerSets, offerVersions } from "#db/schema/offers.ts";
import type { DecisionId } from "../../core/id.ts";
import { isId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { OfferTerms } from "../kinds/index.ts";
import type { OfferSetId, Quote, SetMember, StoredQuestion } from "../model.ts";
import { type CompiledOffers, compile, type OfferVersion, quote } from "../rules.ts";
import type { DecisionSearch, FairnessReport, ReplayReport } from "./model.ts";
import { answerText, groupText, questionOf, storedResult } from "./rules.ts";
import { digest } from "./service.ts";

type Decision = typeof decisions.$inferSelect;

const PAGE = 500;
const SETS_REMEMBERED = 16;

/** A past decision, decided again from its record: the answer of then with every reason, and whether it is the same. */
export type Explanation = {
  readonly id: DecisionId;
  readonly decidedAt: Date;
  readonly question: StoredQuestion;
  readonly quote: Quote;
  /** The terms of every offer that was considered, in the order of the answers. */
  readonly offers: readonly OfferVersion[];
  readonly same: boolean;
};

/** Refuses: DECISION_NOT_FOUND. */
export async function explain(reader: Reader, decisionId: DecisionId): Promise<Explanation> {
  const [decision] = await reader.select().from(decisions).where(eq(decisions.id, decisionId));
  if (decision === undefined) throw new Refusal("DECISION_NOT_FOUND", {}, "missing");
  const offers = await setOf(reader, decision.setId);
  if (offers === null) throw new Refusal("DECISION_NOT_FOUND", {}, "missing");
  return {
    id: decision.id,
    decidedAt: decision.decidedAt,
    question: decision.question,
    quote: quote(offers, questionOf(decision.question)),
    offers: offers.offers,
    same: difference(decision, offers) === null,
  };
}

/** A page of decisions, newest first. */
export async function search(reader: Reader, { id, tier, offerId, before, size }: DecisionSearch) {
  const rows = await reader
    .select({
      id: decisions.id,
      decidedAt: decisions.decidedAt,
      question: decisions.question,
      result: decisions.result,
    })
    .from(decisions)
    .where(
      and(
        id === undefined || id === "" ? undefined : isId<"decision">(id) ? eq(decisions.id, id) : sql`1 = 0`,
        before === undefined ? undefined : lt(decisions.id, before),
        tier === undefined ? undefined : sql`${decisions.question} like ${`{"tier":"${tier}",%`}`,
        offerId === undefined ? undefined : sql`${decisions.result} like ${`%"id":"${offerId}"%`}`,
      ),
    )
    .orderBy(desc(decisions.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return { decisions: page, before: rows.length > size ? (page.at(-1)?.id ?? null) : null };
}

/**
 * Decides past decisions again from their records and names those that come out otherwise: all of them, or `sample`
 * of them evenly drawn. Reads page by page, so that memory does not grow with their number.
 */
export async function replay(reader: Reader, sample: number | "all"): Promise<ReplayReport> {
  const sets = new Map<OfferSetId, CompiledOffers | null>();
  const different: ReplayReport["different"][number][] = [];
  let checked = 0;
  for await (const page of sample === "all" ? pages(reader) : drawn(reader, sample)) {
    for (const decision of page) {
      const offers = sets.has(decision.setId)
        ? (sets.get(decision.setId) ?? null)
        : await setOf(reader, decision.setId);
      if (sets.size >= SETS_REMEMBERED) sets.clear();
      sets.set(decision.setId, offers);
      const because = difference(decision, offers);
      if (because !== null) different.push({ decisionId: decision.id, because });
      checked += 1;
    }
  }
  return { checked, same: checked - different.length, different };
}

/** Groups decisions by tier, cart, channel and offer versions; a fair book has one price in each group. */
export async function fairness(reader: Reader): Promise<FairnessReport> {
  const [whole] = await reader
    .select({ decisions: count(), groups: countDistinct(decisions.groupHash) })
    .from(decisions);
  const unequal = await reader
    .select({ groupHash: decisions.groupHash })
    .from(decisions)
    .groupBy(decisions.groupHash)
    .having(gt(countDistinct(decisions.resultHash), 1))
    .limit(1_000);
  const examples = await Promise.all(unequal.map(({ groupHash }) => oneOfEachPrice(reader, groupHash)));
  return {
    groups: whole?.groups ?? 0,
    decisions: whole?.decisions ?? 0,
    groupsWithMoreThanOnePrice: unequal.map(({ groupHash }, index) => ({
      groupHash,
      decisionIds: examples[index] ?? [],
    })),
  };
}

/** In what a decision does not follow from its record: its group, its result or its offers; null when it does. */
function difference(
  decision: Decision,
  offers: CompiledOffers | null,
): ReplayReport["different"][number]["because"] | null {
  if (offers === null) return "set";
  const again = quote(offers, questionOf(decision.question));
  const visible = JSON.stringify(storedResult(again)) === JSON.stringify(decision.result);
  if (!visible || digest(answerText(again)) !== decision.resultHash) return "result";
  return digest(groupText(offers, decision.setId, decision.question)) === decision.groupHash ? null : "group";
}

async function setOf(reader: Reader, setId: OfferSetId): Promise<CompiledOffers | null> {
  const [set] = await reader.select().from(offerSets).where(eq(offerSets.id, setId));
  if (set === undefined || digest(JSON.stringify(set.versions)) !== set.hash) return null;
  const rows = await versionsOf(reader, set.versions);
  return rows.length === set.versions.length ? compile(rows) : null;
}

async function versionsOf(reader: Reader, members: readonly SetMember[]): Promise<OfferVersion[]> {
  if (members.length === 0) return [];
  const exhausted = new Map(members);
  const rows = await reader
    .select({
      id: offerVersions.offerId,
      versionId: offerVersions.id,
      version: offerVersions.version,
      terms: offerVersions.terms,
    })
    .from(offerVersions)
    .where(inArray(offerVersions.id, [...exhausted.keys()]));
  return rows.map((row) => ({
    ...row,
    terms: OfferTerms.parse(row.terms),
    exhausted: exhausted.get(row.versionId) === 1,
  }));
}

async function* pages(reader: Reader): AsyncGenerator<Decision[]> {
  for (let after: DecisionId | null = null; ; ) {
    const page: Decision[] = await reader
      .select()
      .from(decisions)
      .where(after === null ? undefined : gt(decisions.id, after))
      .orderBy(asc(decisions.id))
      .limit(PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.id;
  }
}

/** An even draw: ids end in random digits, so their order is chance, and the same each time. */
async function* drawn(reader: Reader, sample: number): AsyncGenerator<Decision[]> {
  const tail = sql`substr(cast(${decisions.id} as text), 25)`;
  const ids = await reader.select({ id: decisions.id }).from(decisions).orderBy(tail, decisions.id).limit(sample);
  for (let from = 0; from < ids.length; from += PAGE) {
    yield await reader
      .select()
      .from(decisions)
      .where(
        inArray(
          decisions.id,
          ids.slice(from, from + PAGE).map(({ id }) => id),
        ),
      );
  }
}

async function oneOfEachPrice(reader: Reader, groupHash: string): Promise<DecisionId[]> {
  const rows = await reader
    .select({ id: sql<DecisionId>`${min(sql`cast(${decisions.id} as text)`)}` })
    .from(decisions)
    .where(eq(decisions.groupHash, groupHash))
    .groupBy(decisions.resultHash);
  return rows.map(({ id }) => id);
}
