import { asc, eq } from "drizzle-orm";
import type { Db, Reader } from "#db/client.ts";
import { originOf } from "#db/join.ts";
import { offerBudgets, offerRetirements, offerStamp, offerVersions } from "#db/schema/offers.ts";
import type { TierCode } from "../tiers/model.ts";
import { ladderHistory } from "../tiers/queries.ts";
import { OfferTerms } from "./kinds/index.ts";
import type { SetMember } from "./model.ts";
import type { PublishedVersion } from "./publishing/model.ts";
import { inForce, turningPoints } from "./publishing/rules.ts";
import { type CompiledOffers, compile } from "./rules.ts";

/** What is in force during one span between two turning points, ready to be asked. */
export type OffersInForce = {
  readonly compiled: CompiledOffers;
  /** The versions in the order of the answers: names the set. */
  readonly members: readonly SetMember[];
};

type Known = {
  readonly checkedAt: number;
  readonly stamp: number;
  readonly history: readonly PublishedVersion[];
  /** Every tier of every ladder that was ever published. */
  readonly tiers: ReadonlySet<TierCode>;
  readonly points: readonly number[];
  /** By the number of turning points that lie behind. */
  readonly spans: Map<number, OffersInForce>;
};

/** How long what is known is trusted without a look at the stamp; less than the lead of every change. */
const TRUSTED_MS = 1_000;

const knownOf = new WeakMap<Db, Promise<Known>>();

/** The offers in force at an instant. Loaded again when the stamp has moved, looked at once a second at most. */
export async function offersAt(db: Db, now: Date, at: Date): Promise<OffersInForce> {
  const { history, points, spans } = await fresh(db, now.getTime());
  const span = countUpTo(points, at.getTime());
  const ready = spans.get(span) ?? makeReady(history, at);
  spans.set(span, ready);
  return ready;
}

/** Whether a tier is, or was, part of a published ladder: only such a tier has a price. */
export async function isTier(db: Db, now: Date, tier: TierCode): Promise<boolean> {
  return (await fresh(db, now.getTime())).tiers.has(tier);
}

/** Every version ever published, oldest first; each says from when it holds, and what ended it. */
export async function publishedVersions(reader: Reader): Promise<PublishedVersion[]> {
  const rows = await reader
    .select({
      id: offerVersions.id,
      offerId: offerVersions.offerId,
      version: offerVersions.version,
      terms: offerVersions.terms,
      effectiveFrom: offerVersions.effectiveFrom,
      retiresAt: offerRetirements.retiresAt,
      exhaustedAt: offerBudgets.exhaustedAt,
    })
    .from(offerVersions)
    .leftJoin(offerRetirements, eq(offerRetirements.offerId, offerVersions.offerId))
    .leftJoin(offerBudgets, eq(offerBudgets.versionId, offerVersions.id))
    .orderBy(asc(offerVersions.id));
  return rows.map((row) => ({ ...row, terms: OfferTerms.parse(row.terms) }));
}

async function fresh(db: Db, now: number): Promise<Known> {
  const origin = originOf(db);
  const before = knownOf.get(origin);
  const last = await before;
  if (last !== undefined && now >= last.checkedAt && now < last.checkedAt + TRUSTED_MS) return last;
  if (knownOf.get(origin) !== before) return fresh(db, now);
  const loading = load(db, now, last);
  knownOf.set(origin, loading);
  loading.catch(() => knownOf.delete(origin));
  return loading;
}

async function load(db: Db, now: number, last: Known | undefined): Promise<Known> {
  const [row] = await db.select({ stamp: offerStamp.stamp }).from(offerStamp).where(eq(offerStamp.id, 1));
  const stamp = row?.stamp ?? 0;
  const tiers = new Set((await ladderHistory(db)).flatMap(({ terms }) => terms.tiers.map(({ code }) => code)));
  if (last?.stamp === stamp) return { ...last, tiers, checkedAt: now };
  const history = await publishedVersions(db);
  return { checkedAt: now, stamp, history, tiers, points: turningPoints(history), spans: new Map() };
}

function makeReady(history: readonly PublishedVersion[], at: Date): OffersInForce {
  const compiled = compile(inForce(history, at));
  return { compiled, members: compiled.offers.map(({ versionId, exhausted }) => [versionId, exhausted ? 1 : 0]) };
}

/** How many of the ordered instants lie at or before `at`. */
function countUpTo(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
