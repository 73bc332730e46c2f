import { type Fen, fen, sumFen } from "../core/money.ts";
import { addDays } from "../core/time.ts";
import type { OrderFacts, OrderStatus } from "../tiers/model.ts";
import type { RelayRule } from "./formats/format.ts";
import { type Knowledge, type Part, type ShownStatus, type Stage, type Summary, stages, type Times } from "./model.ts";

/**
 * All that two sources know of one order together. Commutative, associative and idempotent, because every piece of it
 * is a maximum: files may come in any order, in any pieces, any number of times, and end in one state (promise 13).
 * Gives `known` itself when `seen` adds nothing.
 */
export function merge(known: Knowledge, seen: Knowledge): Knowledge {
  return mergeAll(known, [seen]);
}

/** The same for any number of sources. */
export function mergeAll(known: Knowledge, all: readonly Knowledge[]): Knowledge {
  let { times, whole } = known;
  for (const seen of all) {
    times = mergeTimes(times, seen.times);
    whole = mergeParts(whole, seen.whole);
  }
  const lines = mergeLines(known.lines, all);
  if (times === known.times && whole === known.whole && lines === known.lines) return known;
  return { times, whole, lines };
}

/** The later of two stages: a status never goes back, and nothing leaves `refunded`. */
export function laterStage(a: Stage, b: Stage): Stage {
  return rank(b) > rank(a) ? b : a;
}

/** What follows from everything known of an order. A closed order was never paid; a refunded one gave back what it took. */
export function summarise({ whole, lines }: Knowledge): Summary {
  const parts = [...lines.values()];
  const status = statusOf(stageOf(whole, parts));
  if (status === "closed") return { status, paid: fen(0), refunded: fen(0), refundUnknown: false };
  const paid = greater(paidFor(whole), sumFen(parts.map(paidFor)));
  const returnedByLine = sumFen(parts.map(returnedFor));
  const returned = lesser(greater(returnedFor(whole), returnedByLine), paid);
  return {
    status,
    paid,
    refunded: status === "refunded" && returned === 0 ? paid : returned,
    refundUnknown:
      status !== "refunded" &&
      (parts.some(hidesRefund) || (whole !== null && hidesRefund(whole) && returnedByLine === 0)),
  };
}

/** What the tiers may know of an order. */
export function factsOf(times: Times, { status, paid, refunded }: Summary, revision: number): OrderFacts {
  return {
    status,
    paid,
    refunded,
    placedAt: times.placedAt,
    paidAt: times.paidAt,
    completedAt: times.completedAt,
    revision,
  };
}

type Lag = "STALE_STATUS" | "STALE_REFUND";

/** How a row lags behind what is known: its status is an earlier one, or it shows less money given back. */
export function staleness(known: Knowledge, seen: Knowledge): Lag | null {
  let lag = lagOf(known.whole, seen.whole);
  for (const [key, part] of seen.lines) {
    if (lag === "STALE_STATUS") return lag;
    lag = lagOf(known.lines.get(key) ?? null, part) ?? lag;
  }
  return lag;
}

/**
 * Where people see an order, or a line of it: `partiallyRefunded` once some of the money went back and the rest did not,
 * and when nobody says how much went back, for what went back whole the platform ends. A refund under way comes first. It is
 * never stored: the words of a platform, and the counts of an import, know only where the order stands.
 */
export function shownStatus({ status, paid, refunded, refundUnknown }: Summary): ShownStatus {
  if (status !== "paid" && status !== "shipped" && status !== "completed") return status;
  if (refunded === 0) return refundUnknown ? "partiallyRefunded" : status;
  return refunded === paid ? "refunded" : "partiallyRefunded";
}

/** The same for a line. Its share of the payment is 0 where only the order's is known. */
export function shownLine({ stage, ...part }: Part): ShownStatus {
  return shownStatus({ ...part, status: statusOf(stage) });
}

/** The status of a stage: a refund under way is one status, whenever it was asked for. */
export function statusOf(stage: Stage): OrderStatus {
  switch (stage) {
    case "refunding:paid":
    case "refunding:shipped":
    case "refunding:completed":
      return "refunding";
    default:
      return stage;
  }
}

/** The stage of a refund under way, by how far the delivery had come when it was asked for. */
export function stageFor(status: OrderStatus, times: Pick<Times, "shippedAt" | "completedAt">): Stage {
  if (status !== "refunding") return status;
  if (times.completedAt !== null) return "refunding:completed";
  return times.shippedAt === null ? "refunding:paid" : "refunding:shipped";
}

/**
 * Until when a relay number of this order may be read (promise 16): what its file stated, else the platform's longest life
 * of one; and never longer than the platform lets it live once the order is completed, whichever file told that.
 */
export function relayEnds(
  { atMost, afterCompletion }: RelayRule,
  { placedAt, completedAt }: Pick<Times, "placedAt" | "completedAt">,
  stated: Date | null,
): Date {
  const kept = stated ?? addDays(placedAt, atMost);
  if (completedAt === null || afterCompletion === undefined) return kept;
  const ended = addDays(completedAt, afterCompletion);
  return ended < kept ? ended : kept;
}

/** An order id as people may see it: the first and the last four characters. */
export function maskOrderId(orderId: string): string {
  return `${orderId.slice(0, 4)}****${orderId.slice(-4)}`;
}

/**
 * Lines move apart: some go back, others stay. The order is where the slowest line is that is still on its way or
 * delivered; a refund asked for on any of them shows; when all lines are over, one that was refunded outweighs closed ones.
 */
function stageOf(whole: Part | null, parts: readonly Part[]): Stage {
  const live: Stage[] = parts.map((part) => part.stage).filter((stage) => stage !== "closed" && stage !== "refunded");
  const asked = live.filter((stage) => statusOf(stage) === "refunding");
  const ofLines =
    parts.length === 0
      ? "placed"
      : live.length === 0
        ? parts.map((part) => part.stage).reduce(laterStage)
        : asked.length > 0
          ? asked.reduce(laterStage)
          : live.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  return whole === null ? ofLines : laterStage(whole.stage, ofLines);
}

function rank(stage: Stage): number {
  return stages.indexOf(stage);
}

function lagOf(before: Part | null, now: Part | null): Lag | null {
  if (before === null || now === null || before === now) return null;
  if (rank(now.stage) < rank(before.stage)) return "STALE_STATUS";
  return returnedFor(now) < returnedFor(before) ? "STALE_REFUND" : null;
}

function paidFor(part: Part | null): Fen {
  return part === null || part.stage === "closed" ? fen(0) : part.paid;
}

function returnedFor(part: Part | null): Fen {
  if (part === null || part.stage === "closed") return fen(0);
  return part.stage === "refunded" && part.refunded === 0 ? part.paid : part.refunded;
}

function hidesRefund(part: Part): boolean {
  return part.refundUnknown && part.refunded === 0 && part.stage !== "refunded";
}

function mergeTimes(a: Times, b: Times): Times {
  const placedAt = later(a.placedAt, b.placedAt);
  const paidAt = laterOrNull(a.paidAt, b.paidAt);
  const shippedAt = laterOrNull(a.shippedAt, b.shippedAt);
  const completedAt = laterOrNull(a.completedAt, b.completedAt);
  const same =
    placedAt === a.placedAt && paidAt === a.paidAt && shippedAt === a.shippedAt && completedAt === a.completedAt;
  return same ? a : { placedAt, paidAt, shippedAt, completedAt };
}

function mergeLines(known: Knowledge["lines"], all: readonly Knowledge[]): Knowledge["lines"] {
  let merged: Map<string, Part> | null = null;
  for (const { lines } of all) {
    for (const [key, seen] of lines) {
      const before = (merged ?? known).get(key) ?? null;
      const part = mergeParts(before, seen);
      if (part === before || part === null) continue;
      merged ??= new Map(known);
      merged.set(key, part);
    }
  }
  return merged ?? known;
}

function mergeParts(a: Part | null, b: Part | null): Part | null {
  if (a === null || b === null) return a ?? b;
  const merged: Part = {
    stage: laterStage(a.stage, b.stage),
    paid: greater(a.paid, b.paid),
    refunded: greater(a.refunded, b.refunded),
    refundUnknown: a.refundUnknown || b.refundUnknown,
    sku: greaterOrNull(a.sku, b.sku),
    quantity: greaterOrNull(a.quantity, b.quantity),
  };
  const same =
    merged.stage === a.stage &&
    merged.paid === a.paid &&
    merged.refunded === a.refunded &&
    merged.refundUnknown === a.refundUnknown &&
    merged.sku === a.sku &&
    merged.quantity === a.quantity;
  return same ? a : merged;
}

/** The later one counts: a file that lost the seconds, or knows only the day, states the beginning of the minute or the day. */
function later(a: Date, b: Date): Date {
  return b.getTime() > a.getTime() ? b : a;
}

function laterOrNull(a: Date | null, b: Date | null): Date | null {
  return a === null || b === null ? (a ?? b) : later(a, b);
}

function greaterOrNull<T extends string | number>(a: T | null, b: T | null): T | null {
  if (a === null) return b;
  return b !== null && b > a ? b : a;
}

function greater(a: Fen, b: Fen): Fen {
  return b > a ? b : a;
}

function lesser(a: Fen, b: Fen): Fen {
  return b < a ? b : a;
}
