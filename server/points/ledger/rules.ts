import type { PointsKind, PointsLine, PointsLineId, PointsRule, PointsSourceId } from "../model.ts";

/** What a rule reads of a line. */
export type Booked = Pick<
  PointsLine,
  "id" | "kind" | "rule" | "sourceId" | "points" | "lotId" | "availableAt" | "expiresAt"
>;

/** A batch of points, and what is left of it: below zero when more was taken back than it still had. */
export type Lot = {
  readonly id: PointsLineId;
  readonly opened: PointsKind;
  readonly rule: PointsRule;
  readonly sourceId: PointsSourceId;
  readonly availableAt: Date;
  readonly expiresAt: Date | null;
  readonly expired: number;
  readonly forgiven: number;
  readonly left: number;
};

/** The lines that say what a source is worth; all others say what became of it. */
const earning: ReadonlySet<PointsKind> = new Set(["pending", "available", "reversed", "reinstated", "corrected"]);

/** The lines among these that say what their source is worth, whatever was spent or expired of it. */
export function worth<L extends Pick<PointsLine, "kind">>(lines: readonly L[]): L[] {
  return lines.filter(({ kind }) => earning.has(kind));
}

/** What one source gave, whatever became of it: its points, and from when they are usable (null while nobody can say). */
export function givenBy(lines: readonly Pick<PointsLine, "kind" | "points" | "availableAt">[]): {
  readonly points: number;
  readonly usableFrom: Date | null;
} {
  const said = worth(lines);
  const points = sumPoints(said);
  return { points, usableFrom: points > 0 ? (said.findLast((line) => line.points > 0)?.availableAt ?? null) : null };
}

/** The batches of a ledger, first expiring first; of two that expire together the older. */
export function lotsOf(lines: readonly Booked[]): Lot[] {
  const byLot = Map.groupBy(lines, ({ lotId }) => lotId);
  return lines
    .flatMap(({ id, kind: opened, rule, sourceId, lotId, availableAt, expiresAt }) => {
      if (lotId !== id || availableAt === null) return [];
      const own = byLot.get(id) ?? [];
      const of = (kind: PointsKind) => sumPoints(own.filter((line) => line.kind === kind));
      const totals = { expired: -of("expired"), forgiven: of("forgiven"), left: sumPoints(own) };
      return [{ id, opened, rule, sourceId, availableAt, expiresAt, ...totals }];
    })
    .sort((a, b) => endOf(a) - endOf(b) || a.availableAt.getTime() - b.availableAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** Points under an instant: from when they can be used, or until when. */
export type Dated = { readonly at: Date; readonly points: number };

/** What a member has. */
export type Balance = {
  /** Usable now; below zero while points that were spent have been reversed and are not made up for. */
  readonly available: number;
  /** Known, but not usable yet: with its day, or waiting for the order's completion. */
  readonly pending: number;
  readonly waiting: number;
  readonly arriving: readonly Dated[];
  /** Every batch that expires, soonest first, each with the instant after its last day. */
  readonly expiring: readonly Dated[];
};

/** The balance at an instant: the sum of the ledger, less what has run out and is not booked as expired yet. */
export function balanceOf(lines: readonly Booked[], at: Date): Balance {
  const lots = lotsOf(lines);
  const waiting = sumPoints(lines.filter(({ lotId }) => lotId === null));
  const arriving = lots.filter(({ availableAt, left }) => availableAt > at && left !== 0);
  const here = lots.filter((lot) => lot.availableAt <= at && (lot.left < 0 || endOf(lot) > at.getTime()));
  return {
    available: here.reduce((total, { left }) => total + left, 0),
    pending: waiting + arriving.reduce((total, { left }) => total + left, 0),
    waiting,
    arriving: byInstant(arriving.map(({ availableAt, left }) => [availableAt, left])),
    expiring: byInstant(
      here.flatMap(({ expiresAt, left }) => (expiresAt !== null && left > 0 ? [[expiresAt, left] as const] : [])),
    ),
  };
}

/** When `settle` next has something to do by itself; null if never. */
export function dueAt(lines: readonly Booked[], now: Date): Date | null {
  const lots = lotsOf(lines);
  const owing = lots.some(({ left }) => left < 0);
  const instants = lots.flatMap(({ availableAt, expiresAt, left }) => {
    if (left <= 0) return [];
    return [...(expiresAt === null ? [] : [expiresAt]), ...(owing && availableAt > now ? [availableAt] : [])];
  });
  return instants.length === 0 ? null : new Date(Math.min(...instants.map((instant) => instant.getTime())));
}

/** When a batch runs out, in milliseconds; one that never does comes last. */
export function endOf({ expiresAt }: Pick<Lot, "expiresAt">): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function byInstant(entries: readonly (readonly [at: Date, points: number])[]): Dated[] {
  const sums = new Map<number, number>();
  for (const [at, points] of entries) sums.set(at.getTime(), (sums.get(at.getTime()) ?? 0) + points);
  return [...sums].sort(([a], [b]) => a - b).map(([at, points]) => ({ at: new Date(at), points }));
}

/** What these lines add up to. */
export function sumPoints(lines: readonly Pick<PointsLine, "points">[]): number {
  return lines.reduce((total, { points }) => total + points, 0);
}
