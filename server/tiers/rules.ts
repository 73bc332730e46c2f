import { addDays, businessDay, businessYear, DAY_MS, startOfBusinessDay } from "../core/time.ts";
import { carryTier, rankOf } from "./ladders/rules.ts";
import type { GrowthLine, Ladder, LadderTerms, ManualTier, Tier, TierCode } from "./model.ts";
import {
  type BookedLine,
  growthIn,
  type Net,
  netGrowth,
  type Period,
  type Span,
  type State,
  type Step,
  walk,
  windowStart,
} from "./periods/rules.ts";

/** Where a member stands at an instant, and everything that leads there or away from it. */
export type Standing = {
  /** The tier that holds now: the earned one, or a manual one above it. */
  readonly tier: TierCode;
  readonly earned: TierCode;
  /** Since when the earned tier is held; null in the first tier, held since joining. */
  readonly since: Date | null;
  /** End of the qualification period at which keeping is decided; null in the first tier, which cannot be lost. */
  readonly keepUntil: Date | null;
  /** Set while in grace: until when the tier can still be kept. */
  readonly graceUntil: Date | null;
  readonly manual: ManualTier | null;
  /** Growth that counts towards rising now. */
  readonly growth: number;
  /** Growth that is known but does not count yet, and which of it will from when: the rest waits for completion. */
  readonly pending: number;
  readonly arriving: readonly Dated[];
  /** What leaves the window when. */
  readonly expiring: readonly Dated[];
  readonly toRise: {
    readonly tier: TierCode;
    readonly threshold: number;
    readonly missing: number;
    readonly by: Date | null;
  } | null;
  readonly toKeep: {
    readonly threshold: number;
    readonly earned: number;
    readonly missing: number;
    readonly by: Date;
  } | null;
  /** The tier after the end of the current period if nothing more is bought and what is pending takes effect. */
  readonly projectedTier: TierCode;
  /** The version in force. */
  readonly version: number;
  /** What led here, oldest first. */
  readonly steps: readonly Step[];
  /** The next instant at which the standing can change without a new ledger line; null if never. */
  readonly nextChangeAt: Date | null;
  /** When the tier will be lost as things stand, grace included, and from when the member is told; null when it is safe. */
  readonly willFall: { readonly at: Date; readonly toldFrom: Date } | null;
};

/** Growth under the day on which something happens to it. */
export type Dated = { readonly at: Date; readonly growth: number };

export type Question = {
  readonly lines: readonly BookedLine[];
  /** Published versions in order. At least one must be in force at `at`. */
  readonly history: readonly Ladder[];
  readonly manual: readonly ManualTier[];
  readonly at: Date;
};

/** How many days ahead of a period's end a member is warned that the tier will be lost. */
const WARNING_DAYS = 30;

/**
 * A member's standing: a pure function of ledger, published ladders, manual tiers and the instant.
 *
 * - Rising: the moment the growth in the window (the last N days, or this calendar year) meets a higher threshold of the
 *   version in force.
 * - Keeping: decided when a qualification period ends, by the growth earned in it. A rolling period runs from the instant
 *   after the rise to the end of its last day in Asia/Shanghai; a calendar period is the calendar year. The period is
 *   judged whole by the ladder version under which it began (threshold, grace, downgrade policy), so that a newer version
 *   cannot take away what was promised for it. During grace the tier is held, and growth earned then still counts.
 * - A new version applies at once to rising and never lowers anybody when it takes effect: a tier is carried over by its
 *   code, or to the next higher rung where it was dropped (promise 26).
 * - Growth of money given back, or of an order that is no longer the member's, counts as if it had never been earned:
 *   what rested on it is undone with it (promise 15).
 * - A manual tier lifts until its end date, whatever is recalculated underneath.
 *
 * Throws RangeError when no version is in force at `at`.
 */
export function standing({ lines, history, manual, at }: Question): Standing {
  const { known, nets, published, state, steps, lift } = placed({ lines, history, manual, at });
  const { terms } = state.ladder;
  const window = { from: windowStart(terms, at), to: new Date(at.getTime() + 1) };
  const growth = growthIn(nets, window, at);
  const next = terms.tiers[terms.tiers.indexOf(state.tier) + 1];
  const expiring = leaving(nets, terms, at);
  const pending = known.reduce(
    (sum, line) => (line.earnedAt === null || line.earnedAt > at ? sum + line.growth : sum),
    0,
  );
  const toKeep = state.period === null ? null : keepGoal(state.period, state.graceUntil, nets, at);
  const projectedTier = project(known, state, published, at);
  const lost = state.period !== null && rankOf(terms, projectedTier) < rankOf(terms, state.tier.code);
  return {
    tier: tierOf(state, lift),
    earned: state.tier.code,
    since: state.since,
    keepUntil: state.period?.to ?? null,
    graceUntil: state.graceUntil,
    manual: lift?.manual ?? null,
    growth,
    pending,
    arriving: byDay(nets.filter((net) => net.countsAt > at.getTime()).map((net) => [net.countsAt, net.growth])),
    expiring,
    toRise: next
      ? {
          tier: next.code,
          threshold: next.upgradeAt,
          missing: Math.max(0, next.upgradeAt - growth),
          by: expiring[0]?.at ?? null,
        }
      : null,
    toKeep,
    projectedTier,
    version: state.ladder.version,
    steps,
    nextChangeAt: earliestAfter(at, [
      state.graceUntil ?? state.period?.to,
      state.period && !state.graceUntil ? addDays(state.period.to, -WARNING_DAYS) : null,
      ...manual.flatMap((each) => [each.startsAt, each.endsAt]),
      ...nets.map((net) => new Date(net.countsAt)),
      ...history.map((ladder) => ladder.effectiveFrom),
    ]),
    willFall: lost && state.period ? lossOf(state.period) : null,
  };
}

/** The tier of `standing` alone, for whoever asks it of many members. */
export function tierAt(question: Question): TierCode {
  const { state, lift } = placed(question);
  return tierOf(state, lift);
}

function placed({ lines, history, manual, at }: Question) {
  const known = lines.filter((line) => line.recordedAt <= at);
  const nets = netGrowth(known);
  const published = history.filter((ladder) => ladder.effectiveFrom <= at);
  const { state, steps } = walk(nets, published, at);
  const given = manual.filter((each) => each.startsAt <= at && at < each.endsAt);
  return { known, nets, published, state, steps, lift: highestLift(given, published, state.ladder.terms) };
}

function tierOf({ tier }: State, lift: { readonly tier: Tier } | null): TierCode {
  return lift !== null && lift.tier.upgradeAt > tier.upgradeAt ? lift.tier.code : tier.code;
}

/** The last turn of a standing, and the ledger lines that it counted. */
export function explain(
  now: Pick<Standing, "steps" | "manual" | "tier" | "earned" | "version">,
  lines: readonly Pick<GrowthLine, "id" | "earnedAt" | "recordedAt">[],
  at: Date,
) {
  const turn = lastTurn(now.steps);
  const span = turn?.span ?? { from: at, to: at };
  return {
    kind: turn?.kind ?? "started",
    at: (turn?.at ?? at).getTime(),
    version: turn?.version ?? now.version,
    growth: turn?.growth ?? 0,
    threshold: turn?.threshold ?? 0,
    from: span.from.getTime(),
    to: span.to.getTime(),
    manualUntil: now.manual !== null && now.tier !== now.earned ? now.manual.endsAt.getTime() : null,
    lines: countedLines(lines, span, at).map(({ id }) => id),
  };
}

/** The turn that the earned tier rests on: the last one but for versions that carried it over unchanged. */
export function lastTurn(steps: readonly Step[]): Step | undefined {
  return steps.findLast((step) => step.kind !== "carried" || step.from !== step.to);
}

/** The ledger lines that fall within a span, as far as they were known at `at`. */
export function countedLines<L extends Pick<GrowthLine, "earnedAt" | "recordedAt">>(
  lines: readonly L[],
  { from, to }: Span,
  at: Date,
): L[] {
  return lines.filter(
    (line) => line.earnedAt !== null && line.earnedAt >= from && line.earnedAt < to && line.recordedAt <= at,
  );
}

function keepGoal(period: Period, graceUntil: Date | null, nets: readonly Net[], at: Date): Standing["toKeep"] {
  const by = graceUntil ?? period.to;
  const earned = growthIn(nets, { from: period.from, to: by }, at);
  return { threshold: period.tier.keepAt, earned, missing: Math.max(0, period.tier.keepAt - earned), by };
}

function lossOf({ to, terms }: Period): Standing["willFall"] {
  return { at: addDays(to, terms.graceDays), toldFrom: addDays(to, -WARNING_DAYS) };
}

/** The tier once the current period is over, if nothing is bought and what is pending completes now. */
function project(known: readonly BookedLine[], state: State, history: readonly Ladder[], at: Date): TierCode {
  const { terms } = state.ladder;
  const completed = addDays(at, terms.growth.returnWindowDays);
  const nets = netGrowth(known.map((line) => (line.earnedAt === null ? { ...line, earnedAt: completed } : line)));
  const lastPending = Math.max(at.getTime(), ...nets.map((net) => net.countsAt));
  const end = state.graceUntil ?? (state.period && addDays(state.period.to, state.period.terms.graceDays));
  return walk(nets, history, end ?? new Date(lastPending)).state.tier.code;
}

/** What leaves the window when, soonest first. */
function leaving(nets: readonly Net[], terms: LadderTerms, at: Date): readonly Dated[] {
  const start = windowStart(terms, at).getTime();
  const { qualification } = terms;
  return byDay(
    nets
      .filter((net) => net.countsAt <= at.getTime() && net.earnedAt >= start)
      .map((net) => [
        qualification.kind === "rolling" ? net.earnedAt + qualification.days * DAY_MS : businessYear(at).to.getTime(),
        net.growth,
      ]),
  );
}

/** Sums growth by the day in Asia/Shanghai, soonest first. */
function byDay(entries: readonly (readonly [at: number, growth: number])[]): Dated[] {
  const days = new Map<number, number>();
  for (const [at, growth] of entries) {
    const day = startOfBusinessDay(businessDay(new Date(at))).getTime();
    days.set(day, (days.get(day) ?? 0) + growth);
  }
  return [...days].sort(([a], [b]) => a - b).map(([day, growth]) => ({ at: new Date(day), growth }));
}

/** The best of the manual tiers, each carried over from the version that knew it. */
function highestLift(manual: readonly ManualTier[], history: readonly Ladder[], terms: LadderTerms) {
  return manual
    .flatMap((each) => {
      const known = history.flatMap((ladder) => ladder.terms.tiers).findLast(({ code }) => code === each.tier);
      return known === undefined ? [] : [{ manual: each, tier: carryTier(known, terms) }];
    })
    .reduce<{ manual: ManualTier; tier: Tier } | null>(
      (best, each) => (best === null || each.tier.upgradeAt > best.tier.upgradeAt ? each : best),
      null,
    );
}

function earliestAfter(at: Date, instants: readonly (Date | null | undefined)[]): Date | null {
  return instants.reduce<Date | null>(
    (earliest, each) => (each && each > at && (earliest === null || each < earliest) ? each : earliest),
    null,
  );
}
