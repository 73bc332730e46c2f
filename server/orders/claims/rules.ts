import type { Limit } from "../../core/limits.ts";
import { type Fen, fen } from "../../core/money.ts";
import { businessDay } from "../../core/time.ts";
import type { GrowthLine } from "../../tiers/model.ts";
import type { Claim, ClaimableShape, ClaimFactKind } from "./model.ts";
import { claimFactKinds } from "./model.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * How often a claim may be tried; one that is granted does not count. Whoever guesses has an order's full number, or
 * guesses that too, and then the number of tries is what guards it. With the number in hand a fact has about so many
 * likely values:
 *
 * - an amount 10^3, since prices repeat: at 5 a day and 30 in 90 days the chance is 0.5 % on a day, 3 % in 90 days
 * - the last digits of a relay number 10^4, but whoever holds the parcel reads them: at 3 a day 0.03 %, at 10 in 90 days 0.1 %
 * - a day 10^2, and fewer where numbers are given out in sequence; a product code 10, for the best seller is in every tenth
 *   order. Alone either would fall within days; together they have 10^3: 0.3 % on a day, 1 % in 90 days
 *
 * Several guessers at one order share its tries. One guesser at many orders has 30 a day, each at an order number that
 * must exist; a network address 100. What is granted by chance is one order, shown to nobody, and given up in a dispute.
 */
export const claimLimits = {
  /** One member at one order; their waits grow as well (`delayAfter`). */
  again: [{ count: 30, windowMs: 90 * DAY_MS }],
  member: [
    { count: 4, windowMs: MINUTE_MS },
    { count: 12, windowMs: HOUR_MS },
    { count: 30, windowMs: DAY_MS },
  ],
  address: [
    { count: 30, windowMs: HOUR_MS },
    { count: 100, windowMs: DAY_MS },
  ],
  everyone: [{ count: 3_000, windowMs: HOUR_MS }],
} satisfies Record<string, readonly Limit[]>;

/** All members at one order, by each kind of fact. */
export const orderLimits = {
  amount: [
    { count: 5, windowMs: DAY_MS },
    { count: 30, windowMs: 90 * DAY_MS },
  ],
  dayAndSku: [
    { count: 3, windowMs: DAY_MS },
    { count: 10, windowMs: 90 * DAY_MS },
  ],
  extension: [
    { count: 3, windowMs: DAY_MS },
    { count: 10, windowMs: 90 * DAY_MS },
  ],
} satisfies Record<ClaimFactKind, readonly Limit[]>;

/** Slips of the finger that cost no wait. */
const FREE_FAILURES = 2;

/**
 * How many milliseconds a member waits before they try one order again, after so many claims of it that were not borne
 * out: none after two, then a minute, and four times as long each time, up to a day.
 */
export function delayAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(MINUTE_MS * 4 ** (failures - FREE_FAILURES - 1), DAY_MS);
}

/** A wait as people say it: in minutes, and in whole hours from two on (`hours` is 0 below). */
export function spokenWait(seconds: number): { readonly minutes: number; readonly hours: number } {
  const minutes = Math.ceil(seconds / 60);
  return { minutes, hours: minutes < 120 ? 0 : Math.ceil(minutes / 60) };
}

/**
 * The facts by which an order of this number can be claimed: those of every platform whose numbers look like it. A number
 * that no platform gave out is claimed by its amount, which every table of orders states.
 */
export function factsFor(number: string, shapes: readonly ClaimableShape[]): ClaimFactKind[] {
  const possible = shapes.filter(({ shape }) => new RegExp(shape).test(number)).flatMap(({ facts }) => facts);
  return claimFactKinds.filter((kind) => kind === "amount" || possible.includes(kind));
}

/** What an order holds that a claim can be borne out by. */
export type Bearing = {
  readonly paid: Fen;
  readonly placedAt: Date;
  readonly skus: readonly string[];
  /** The relay number with its extension while it lives; null for none. */
  readonly relay: string | null;
};

/** A fact in the one spelling in which it is hashed and compared. */
export function factOf(fact: Claim["fact"]): string {
  switch (fact.kind) {
    case "amount":
      return String(fenOf(fact.yuan));
    case "dayAndSku":
      return `${fact.day} ${skuOf(fact.sku)}`;
    case "extension":
      return fact.digits;
  }
}

/** The same as an order has it; none for what it lacks: an order that was never paid is not borne out by an amount. */
export function factsIn({ paid, placedAt, skus, relay }: Bearing, kind: ClaimFactKind): string[] {
  switch (kind) {
    case "amount":
      return paid > 0 ? [String(paid)] : [];
    case "dayAndSku":
      return skus.map((sku) => `${businessDay(placedAt)} ${skuOf(sku)}`);
    case "extension":
      return relay === null ? [] : [relay.replaceAll(/\D/g, "").slice(-4)];
  }
}

/** What an order gave: its growth, and from when it counts (null while nobody can say, or when it gave none). */
export function growthOf(lines: readonly Pick<GrowthLine, "growth" | "earnedAt">[]): {
  readonly growth: number;
  readonly countsFrom: Date | null;
} {
  const growth = lines.reduce((sum, line) => sum + line.growth, 0);
  return { growth, countsFrom: growth > 0 ? (lines.findLast((line) => line.growth > 0)?.earnedAt ?? null) : null };
}

/** What came of an order's growth so far, and why, in the words that its member reads. */
export type Effect = {
  /** `none`: it gave nothing yet · `unsettled`: it counts once the order is completed and can no longer be returned. */
  readonly state: "none" | "unsettled" | "pending" | "effective" | "reversed";
  /** From when the growth counts, or counted; null while nobody can say. */
  readonly from: Date | null;
  /** What was given once and taken back because money went back; 0 for nothing. */
  readonly reversed: number;
};

/** The state of what an order gave, from its ledger lines. */
export function effectOf(lines: readonly Pick<GrowthLine, "growth" | "earnedAt" | "reason">[], now: Date): Effect {
  const reversed = lines.reduce((sum, line) => sum - (line.reason === "refunded" ? line.growth : 0), 0);
  const { growth, countsFrom } = growthOf(lines);
  if (growth <= 0) return { state: reversed > 0 ? "reversed" : "none", from: null, reversed };
  if (countsFrom === null) return { state: "unsettled", from: null, reversed };
  return { state: countsFrom > now ? "pending" : "effective", from: countsFrom, reversed };
}

/** Yuan as people write them ("99.5") in whole fen. */
export function fenOf(yuan: string): Fen {
  const [whole = "0", cents = ""] = yuan.split(".");
  return fen(Number(whole) * 100 + Number(cents.padEnd(2, "0")));
}

/** A product code as it is compared: people copy it in full width, in lower case, with blanks. */
function skuOf(code: string): string {
  return code.normalize("NFKC").replaceAll(/\s/g, "").toUpperCase();
}
