import type { MemberId } from "../../core/id.ts";
import { no, type Verdict, yes } from "../../core/refusal.ts";
import { type Booked, balanceOf, endOf, lotsOf, sumPoints, worth } from "../ledger/rules.ts";
import type { Direction, NegativePolicy, PointsKind, PointsLine, PointsLineId, PointsSourceId } from "../model.ts";
import { expiryOf, type PointsTarget } from "../rules.ts";

/** A line to append, before it has an id. `lotId: "own"` opens a batch. */
export type Entry = Pick<PointsLine, "kind" | "rule" | "sourceId" | "points" | "availableAt" | "expiresAt"> & {
  readonly lotId: PointsLineId | "own" | null;
};

/** Where and when a line is written. */
export type Place = Pick<PointsLine, "id" | "recordedAt"> & {
  readonly memberId: MemberId;
  readonly revision: number | null;
};

/** An entry as the next line of a ledger: it opens a batch under its own id, and is numbered within its source. */
export function nextLine(
  lines: readonly Pick<PointsLine, "rule" | "sourceId" | "direction">[],
  entry: Entry,
  place: Place,
) {
  const direction: Direction = entry.points > 0 ? "credit" : "debit";
  const before = lines.filter(
    (line) => line.rule === entry.rule && line.sourceId === entry.sourceId && line.direction === direction,
  );
  const lotId = entry.lotId === "own" ? place.id : entry.lotId;
  return { ...entry, ...place, lotId, direction, seq: before.length + 1 };
}

/**
 * The lines that bring one order's part of the ledger to what it is worth: none when it already says so, however often
 * it is asked. `own` are the order's lines, oldest first. What is taken back is taken from the batches it was credited
 * to, the newest first, whether it was spent meanwhile or not: `settle` then sees to what is below zero.
 */
export function entriesFor(
  own: readonly Booked[],
  orderId: PointsSourceId,
  { points, availableAt, expiry }: PointsTarget,
  now: Date,
): Entry[] {
  const said = worth(own);
  const had = sumPoints(said);
  const booked = Map.groupBy(said, (line) => line.availableAt?.getTime() ?? null);
  const place = availableAt?.getTime() ?? null;
  const surplus = [...booked].map(([instant, lines]) => ({
    instant,
    lines,
    points: sumPoints(lines) - (instant === place ? points : 0),
  }));
  const credit = points - sumPoints(booked.get(place) ?? []);
  let back = Math.max(0, had - points);
  const debits = surplus.flatMap(({ instant, lines, points: over }) => {
    if (over <= 0) return [];
    const reversed = Math.min(back, over);
    back -= reversed;
    return takeBack(lines, orderId, [
      ["reversed", reversed],
      [movedKind(instant, place), over - reversed],
    ]);
  });
  if (credit <= 0) return debits;
  const fresh = Math.max(0, points - had);
  const again = Math.min(fresh, -sumPoints(said.filter(({ kind }) => kind === "reversed" || kind === "reinstated")));
  const from = debits.find(({ kind }) => kind !== "reversed");
  const credits = new Map<PointsKind, number>();
  const add = (kind: PointsKind, by: number) => credits.set(kind, (credits.get(kind) ?? 0) + by);
  add(from?.kind ?? "available", credit - fresh);
  add("reinstated", again);
  add(availableAt === null ? "pending" : "available", fresh - again);
  const lot =
    availableAt === null
      ? { lotId: null, availableAt, expiresAt: null }
      : { lotId: "own" as const, availableAt, expiresAt: expiryOf(availableAt, now, expiry) };
  return [
    ...debits,
    ...[...credits].flatMap(([kind, by]) =>
      by > 0 ? [{ kind, rule: "order" as const, sourceId: orderId, points: by, ...lot }] : [],
    ),
  ];
}

/** What it is called when an order's points change their day without changing their number. */
function movedKind(from: number | null, to: number | null): PointsKind {
  if (to === null) return "pending";
  return from === null ? "available" : "corrected";
}

/** Takes points from where an order's lines of one day put them, newest batch first: one share after the other. */
function takeBack(
  lines: readonly Booked[],
  sourceId: PointsSourceId,
  shares: readonly (readonly [kind: PointsKind, points: number])[],
): Entry[] {
  const places = [...Map.groupBy(lines, ({ lotId }) => lotId).values()]
    .reverse()
    .flatMap((own) => own.slice(0, 1).map((line) => ({ ...line, left: sumPoints(own) })));
  return shares.flatMap(([kind, points]) => {
    let missing = points;
    return places.flatMap((place): Entry[] => {
      const taken = Math.min(missing, Math.max(0, place.left));
      missing -= taken;
      place.left -= taken;
      const { lotId, availableAt, expiresAt } = place;
      return taken > 0 ? [{ kind, rule: "order", sourceId, points: -taken, lotId, availableAt, expiresAt }] : [];
    });
  });
}

/**
 * What follows by itself at an instant, after whatever was appended. A batch below zero takes back first what had
 * expired of it, then draws on the points that can be used, first expiring first: two lines that add up to nothing.
 * What is missing still is carried, or written off, as the terms say; an order that comes back later pays back first
 * what was written off of it. Last, what has run out expires.
 */
export function settle(lines: readonly Booked[], now: Date, negative: NegativePolicy): Entry[] {
  const entries: Entry[] = [];
  const lots = lotsOf(lines).map((lot) => ({ ...lot }));
  const move = (lot: (typeof lots)[number], kind: PointsKind, points: number) => {
    if (points === 0) return;
    const { rule, sourceId, id: lotId, availableAt, expiresAt } = lot;
    entries.push({ kind, rule, sourceId, points, lotId, availableAt, expiresAt });
    lot.left += points;
  };
  for (const lot of lots.filter(({ opened, left }) => opened === "reinstated" && left > 0)) {
    const forgiven = lots.reduce((all, each) => all + (each.sourceId === lot.sourceId ? each.forgiven : 0), 0);
    const paid = Math.min(forgiven, lot.left);
    move(lot, "forgiven", -paid);
    lot.forgiven -= paid;
  }
  const usable = lots.filter(({ availableAt, left }) => availableAt <= now && left > 0);
  for (const owing of lots.filter(({ left }) => left < 0)) {
    move(owing, "expired", Math.min(-owing.left, owing.expired));
    for (const lender of usable) {
      const lent = Math.min(-owing.left, lender.left);
      move(lender, "repaid", -lent);
      move(owing, "repaid", lent);
    }
    if (negative === "forgive") move(owing, "forgiven", -owing.left);
  }
  for (const lot of usable) if (endOf(lot) <= now.getTime()) move(lot, "expired", -lot.left);
  return entries;
}

/** Takes points from the batches that can be used, first expiring first. Refuses: POINTS_NOT_ENOUGH. */
export function draw(
  lines: readonly Booked[],
  points: number,
  source: Pick<Entry, "rule" | "sourceId">,
  now: Date,
): { readonly verdict: Verdict; readonly entries: Entry[] } {
  const { available } = balanceOf(lines, now);
  if (points > available) return { verdict: no("POINTS_NOT_ENOUGH", { available }), entries: [] };
  const usable = lotsOf(lines).filter((lot) => lot.left > 0 && lot.availableAt <= now && endOf(lot) > now.getTime());
  const entries: Entry[] = [];
  let missing = points;
  for (const { id: lotId, availableAt, expiresAt, left } of usable) {
    const drawn = Math.min(missing, left);
    if (drawn > 0) entries.push({ kind: "spent", ...source, points: -drawn, lotId, availableAt, expiresAt });
    missing -= drawn;
  }
  return { verdict: yes, entries };
}
