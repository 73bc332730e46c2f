import { z } from "zod";
import type { DecisionId, Id, OfferId } from "../core/id.ts";
import type { Fen } from "../core/money.ts";
import { publicText } from "../core/public-text.ts";
import { TierCode } from "../tiers/model.ts";

export type OfferVersionId = Id<"offerVersion">;
export type OfferSetId = Id<"offerSet">;

/** Where something is sold. A closed list: a channel cannot be made up to single people out. */
export const channels = [
  "store",
  "miniProgram",
  "web",
  "taobao",
  "tmall",
  "jd",
  "pdd",
  "douyin",
  "kuaishou",
  "xhs",
  "wechat",
  "youzan",
  "weimob",
] as const;
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

/** A merchandise code. */
export const Sku = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
/** A merchandise category code. */
export const Category = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** Words printed for everybody, in each language of the product. */
export const PublicText = publicText(80);
export type PublicText = z.infer<typeof PublicText>;

export const capPeriods = ["day", "week", "month", "campaign"] as const;
export type CapPeriod = (typeof capPeriods)[number];

/** How many days after joining a member counts as new. One figure for the brand, printed in the rulebook. */
export const NEW_MEMBER_DAYS = 30;
/** A line may fall to this many thousandths of its list price before a second approval is asked for. */
export const FLOOR_PERMILLE = 500;
/** How long after publishing (or retiring) a version takes effect at the earliest, so that every process knows of it. */
export const PUBLICATION_LEAD_MS = 2_000;
/** How long a reservation holds its unit. */
export const RESERVATION_MS = 15 * 60_000;

const Instant = z.iso.datetime({ offset: true });

/**
 * The public, impersonal conditions of an offer: the whole vocabulary. Nothing here can tell two members of one tier
 * apart, except how long ago they joined, which is printed (PIPL Art. 24).
 */
export const Conditions = z.strictObject({
  tiers: z.array(TierCode).min(1).max(12),
  channels: z.array(Channel).min(1),
  /** Half-open: from ≤ instant < to; `to` null means until it is retired. */
  window: z.strictObject({ from: Instant, to: Instant.nullable() }),
  /** No SKU and no category means everything; exclusions win. */
  scope: z.strictObject({
    skus: z.array(Sku).max(500),
    categories: z.array(Category).max(50),
    excludeSkus: z.array(Sku).max(500),
    excludeCategories: z.array(Category).max(50),
  }),
  newMemberOnly: z.boolean(),
  /** Of the offers that share a group the best one applies; offers without a group combine with every other. */
  stackingGroup: Category.nullable(),
  /** Decides between equally good offers of one group: the higher wins. */
  priority: z.int().min(0).max(1000),
  /** The same number of uses for every member. */
  capPerMember: z.strictObject({ count: z.int().min(1).max(999), period: z.enum(capPeriods) }).nullable(),
  budget: z
    .strictObject({
      amountFen: z.int().min(1).max(10_000_000_000).nullable(),
      count: z.int().min(1).max(100_000_000).nullable(),
    })
    .nullable(),
  codeRequired: z.boolean(),
});
export type Conditions = z.infer<typeof Conditions>;

/** The terms of an offer as they are kept; `kinds/` knows what a reward may be. */
export type StoredTerms = {
  readonly title: PublicText;
  readonly conditions: Conditions;
  readonly reward: { readonly kind: string };
};

/** What was asked and answered, as it is kept: nothing in it tells who asked. */
export type StoredQuestion = Omit<Question, "at" | "newMember" | "unlocked"> & {
  readonly at: string;
  readonly newMember: boolean;
  readonly unlocked: readonly OfferId[];
};
export type StoredResult = {
  readonly totalFen: number;
  readonly lines: readonly number[];
  readonly applied: readonly { readonly id: OfferId; readonly version: number; readonly discountFen: number }[];
};
/** A version in an offer set, and whether its budget was used up by then. */
export type SetMember = readonly [OfferVersionId, exhausted: 0 | 1];

export const reservationStates = ["held", "redeemed", "released", "expired"] as const;
export type ReservationState = (typeof reservationStates)[number];

/** One line of a cart. */
export const Line = z.strictObject({
  sku: Sku,
  category: Category.optional(),
  quantity: z.int().min(1).max(999),
  /** Of one piece, in fen. At most a million yuan, so that no sum or product leaves the exact integers. */
  listPriceFen: z.int().min(0).max(100_000_000),
});
export type Line = z.infer<typeof Line>;
export const Cart = z.array(Line).min(1).max(200);

/**
 * Everything a price may depend on. There is no member in it, and nothing to put one into: two members of one tier who
 * ask the same question get the same answer.
 */
export type Question = {
  readonly tier: TierCode;
  readonly channel: Channel;
  readonly at: Date;
  readonly lines: readonly Line[];
  /** Whether the printed new-member window is open; the only thing said about the length of a membership. */
  readonly newMember?: boolean;
  /** Offers opened by a code handed over with the question. */
  readonly unlocked?: readonly OfferId[];
};
export const questionKeys = [
  "tier",
  "channel",
  "at",
  "lines",
  "newMember",
  "unlocked",
] as const satisfies readonly (keyof Question)[];

/** What an offer gives besides money off: `what` names the words for it. */
export type Grant = {
  readonly what: string;
  readonly name: PublicText | null;
  readonly quantity: number;
  /** The stated value, used only to choose between offers of equal price. */
  readonly worthFen: Fen;
};

export const refusedCodes = [
  "TIER_NOT_INCLUDED",
  "CHANNEL_MISMATCH",
  "NOT_STARTED",
  "EXPIRED",
  "BUDGET_EXHAUSTED",
  "NOT_NEW_MEMBER",
  "CODE_REQUIRED",
  "OUT_OF_SCOPE",
  "BELOW_MINIMUM",
  "LIST_PRICE_CHANGED",
  "NO_EFFECT",
  "EXCLUDED_BY",
] as const;
export type RefusedCode = (typeof refusedCodes)[number];
export type Condition = Readonly<Record<string, string | number>>;

/** What one offer answered: what it gave, or why it gave nothing. */
export type Answer = { readonly id: OfferId; readonly version: number } & (
  | { readonly applied: true; readonly discountFen: Fen; readonly grants: readonly Grant[] }
  | { readonly applied: false; readonly code: RefusedCode; readonly condition: Condition }
);

export type QuotedLine = {
  readonly sku: string;
  readonly quantity: number;
  readonly listFen: Fen;
  readonly discountFen: Fen;
  readonly totalFen: Fen;
};

/** What a cart costs, line by line, and what every offer in force answered. */
export type Quote = {
  readonly listFen: Fen;
  readonly totalFen: Fen;
  readonly lines: readonly QuotedLine[];
  readonly offers: readonly Answer[];
};

/** A quote and the record that proves it. */
export type RecordedQuote = Quote & { readonly decisionId: DecisionId };

/** Refusals to staff, members and API clients. Every code has a sentence in the catalogues. */
export const refusalCodes = [
  ...refusedCodes,
  "OFFER_NOT_FOUND",
  "OFFER_RETIRED",
  "DRAFT_NOT_FOUND",
  "DRAFT_CHANGED",
  "DRAFT_UNCHANGED",
  "WINDOW_BACKWARDS",
  "SCOPE_CONTRADICTS",
  "TERMS_CONTRADICT",
  "SELF_APPROVAL",
  "ALREADY_APPROVED",
  "NOT_APPROVED",
  "BELOW_FLOOR",
  "TIER_UNKNOWN",
  "TOO_EARLY",
  "DECISION_NOT_FOUND",
  "DECISION_STALE",
  "OFFER_NOT_APPLIED",
  "TIER_CHANGED",
  "MEMBER_CAP_REACHED",
  "MEMBER_NOT_FOUND",
  "CODE_UNKNOWN",
  "CODE_USED",
  "CODES_NOT_WANTED",
  "RESERVATION_NOT_FOUND",
  "RESERVATION_OVER",
] as const;
