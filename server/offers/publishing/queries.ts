import { desc, eq, inArray } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import {
  offerBudgets,
  offerCodeBatches,
  offerDrafts,
  offerRetirements,
  offers,
  offerVersions,
} from "#db/schema/offers.ts";
import { staff } from "#db/schema/staff.ts";
import { isId, type OfferId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Word } from "../kind.ts";
import { kindOf, OfferTerms } from "../kinds/index.ts";
import { FLOOR_PERMILLE } from "../model.ts";
import { publishedVersions } from "../queries.ts";
import type { Change, OfferState, PublishedVersion } from "./model.ts";
import { changes, inForce, isBelowFloor, lowestPermille, stateOf } from "./rules.ts";

/** Terms with the words that the catalogues' sentence about them takes up. */
export type ReadableTerms = {
  readonly terms: OfferTerms;
  readonly kind: string;
  readonly words: Readonly<Record<string, Word>>;
};

/** `lowestPermille` beside everything else that is published and not over. */
export async function lowestBeside(
  reader: Reader,
  now: Date,
  offerId: OfferId | null,
  terms: OfferTerms,
): Promise<number> {
  const others = (await publishedVersions(reader)).filter((version) => version.offerId !== offerId);
  const live = new Set(inForce(others, now).map(({ versionId }) => versionId));
  const meeting = others.filter(
    (version) =>
      ["live", "scheduled"].includes(stateOf(version, now)) && (live.has(version.id) || version.effectiveFrom > now),
  );
  return lowestPermille(
    terms,
    meeting.map((version) => version.terms),
  );
}

export type OfferRow = ReadableTerms & {
  readonly id: OfferId;
  readonly state: OfferState;
  readonly version: number | null;
  /** A next version in the making, and how far it has come. */
  readonly draft: { readonly approvals: number; readonly needed: number } | null;
  readonly lowestPermille: number;
  readonly budget: Budget | null;
};
type Budget = typeof offerBudgets.$inferSelect;

/** Every offer, newest first, as the desk lists them. Offers are counted in hundreds: read whole. */
export async function list(reader: Reader, now: Date): Promise<OfferRow[]> {
  const history = await publishedVersions(reader);
  const drafts = await reader.select().from(offerDrafts);
  const budgets = await reader.select().from(offerBudgets);
  const rows = await reader.select({ id: offers.id }).from(offers).orderBy(desc(offers.id));
  const live = inForce(history, now);
  return rows.flatMap(({ id }) => {
    const current = currentOf(
      history.filter((version) => version.offerId === id),
      now,
    );
    const draft = drafts.find(({ offerId }) => offerId === id);
    const terms = current?.terms ?? (draft === undefined ? null : OfferTerms.parse(draft.terms));
    if (terms === null) return [];
    const lowest = lowestPermille(
      terms,
      live.filter((other) => other.id !== id).map((other) => other.terms),
    );
    return [
      {
        id,
        ...readable(terms),
        state: stateOf(current, now),
        version: current?.version ?? null,
        draft:
          draft === undefined
            ? null
            : {
                approvals: [draft.approvedBy, draft.secondApprovedBy].filter((approver) => approver !== null).length,
                needed: isBelowFloor(lowest) ? 2 : 1,
              },
        lowestPermille: lowest,
        budget: budgets.find(({ versionId }) => versionId === current?.id) ?? null,
      },
    ];
  });
}

/** One offer with its draft, every version and what each changed. Refuses: OFFER_NOT_FOUND. */
export async function detail(reader: Reader, offerId: OfferId, now: Date) {
  const [offer] = await reader.select().from(offers).where(eq(offers.id, offerId));
  if (offer === undefined) throw new Refusal("OFFER_NOT_FOUND", {}, "missing");
  const history = (await publishedVersions(reader)).filter((version) => version.offerId === offerId);
  const current = currentOf(history, now);
  const [draft] = await reader.select().from(offerDrafts).where(eq(offerDrafts.offerId, offerId));
  const [retirement] = await reader.select().from(offerRetirements).where(eq(offerRetirements.offerId, offerId));
  const rows = await reader
    .select()
    .from(offerVersions)
    .where(eq(offerVersions.offerId, offerId))
    .orderBy(desc(offerVersions.version));
  const names = await namesOf(reader, [
    ...rows.flatMap((row) => [row.draftedBy, row.approvedBy, row.secondApprovedBy, row.publishedBy]),
    ...(draft === undefined ? [] : [draft.savedBy, draft.approvedBy, draft.secondApprovedBy]),
  ]);
  const name = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  const draftTerms = draft === undefined ? null : OfferTerms.parse(draft.terms);
  const lowest = draftTerms === null ? null : await lowestBeside(reader, now, offerId, draftTerms);
  const batches = await reader
    .select({ id: offerCodeBatches.id, count: offerCodeBatches.count, createdAt: offerCodeBatches.createdAt })
    .from(offerCodeBatches)
    .where(eq(offerCodeBatches.offerId, offerId))
    .orderBy(desc(offerCodeBatches.id));
  const [budget] =
    current === null ? [] : await reader.select().from(offerBudgets).where(eq(offerBudgets.versionId, current.id));
  return {
    id: offerId,
    state: stateOf(current, now),
    current:
      current === null
        ? null
        : { ...readable(current.terms), version: current.version, effectiveFrom: current.effectiveFrom },
    retiresAt: retirement?.retiresAt ?? null,
    budget: budget ?? null,
    codeBatches: batches,
    floorPermille: FLOOR_PERMILLE,
    draft:
      draft === undefined || draftTerms === null || lowest === null
        ? null
        : {
            ...readable(draftTerms),
            termsHash: draft.termsHash,
            editors: draft.editors,
            savedBy: name(draft.savedBy),
            savedAt: draft.savedAt,
            approvedBy: name(draft.approvedBy),
            approvedById: draft.approvedBy,
            secondApprovedBy: name(draft.secondApprovedBy),
            lowestPermille: lowest,
            needsSecond: isBelowFloor(lowest),
            changes: changes(current?.terms ?? null, draftTerms),
          },
    versions: withChanges(history).map((version) => {
      const row = rows.find(({ id }) => id === version.id);
      return {
        ...version,
        publishedAt: row?.publishedAt ?? version.effectiveFrom,
        draftedBy: name(row?.draftedBy ?? null),
        approvedBy: name(row?.approvedBy ?? null),
        secondApprovedBy: name(row?.secondApprovedBy ?? null),
        publishedBy: name(row?.publishedBy ?? null),
      };
    }),
  };
}

export type RulebookOffer = ReadableTerms & {
  readonly id: OfferId;
  readonly state: OfferState;
  readonly retiresAt: Date | null;
  readonly versions: readonly VersionWithChanges[];
};

/** Every offer ever published with its history: what anybody may read. Those in force come first. */
export async function rulebook(reader: Reader, now: Date): Promise<RulebookOffer[]> {
  const byOffer = Map.groupBy(await publishedVersions(reader), ({ offerId }) => offerId);
  const order: readonly OfferState[] = ["live", "scheduled", "ended", "retired"];
  return [...byOffer]
    .flatMap(([id, history]) => {
      const current = currentOf(history, now);
      if (current === null) return [];
      return [
        {
          id,
          ...readable(current.terms),
          state: stateOf(current, now),
          retiresAt: current.retiresAt,
          versions: withChanges(history),
        },
      ];
    })
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.id < b.id ? 1 : -1));
}

/** The sentence's words beside the terms. */
export function readable(terms: OfferTerms): ReadableTerms {
  return { terms, kind: terms.reward.kind, words: kindOf(terms.reward).wordsOf(terms.reward) };
}

type VersionWithChanges = Pick<PublishedVersion, "id" | "version" | "effectiveFrom"> &
  ReadableTerms & { readonly changes: readonly Change[] };

/** Newest first, each beside what it changed of the one before. */
function withChanges(history: readonly PublishedVersion[]): VersionWithChanges[] {
  return history
    .map(({ id, version, effectiveFrom, terms }, index) => ({
      id,
      version,
      effectiveFrom,
      ...readable(terms),
      changes: index === 0 ? [] : changes(history[index - 1]?.terms ?? null, terms),
    }))
    .reverse();
}

/** The version that holds now, or the first to come. */
function currentOf(history: readonly PublishedVersion[], now: Date): PublishedVersion | null {
  return history.findLast(({ effectiveFrom }) => effectiveFrom <= now) ?? history[0] ?? null;
}

async function namesOf(reader: Reader, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const rows = await reader
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(
      inArray(
        staff.id,
        [...new Set(known)].filter((id) => isId<"staff">(id)),
      ),
    );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
