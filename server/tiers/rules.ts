import { addDays, businessDay, businessYear, DAY_MS, startOfBusinessDay } from "../core/time.ts";
import { carryTier, ladderAt, rankOf } from "./ladders/rules.ts";
import type { GrowthLine, Ladder, LadderTerms, ManualTier, Tier, TierCode } from "./model.ts";

/** The half-open span [from, to) of an instant scale. */
export type Span = { readonly from: Date; readonly to: Date };

/** One turn in a member's standing, with the rule that made it and the growth it looked at. */
export type Step = {
  readonly kind: "started" | "rose" | "kept" | "grace" | "fell" | "carried";
  readonly at: Date;
  readonly from: TierCode;
  readonly to: TierCode;
  /** The ladder version that was applied. */
  readonly version: number;
  /** The growth that was counted, over which span, and the threshold it was held against. */
  readonly growth: number;
  readonly span: Span;
  readonly threshold: number;
};

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
  /** Growth that counts towards rising now, growth that is known but does not count yet, and what leaves the window when. */
  readonly growth: number;
  readonly pending: number;
  readonly expiring: readonly { readonly at: Date; readonly growth: number }[];
  readonly toRise: { readonly tier: TierCode; readonly threshold: number; readonly missing: number; readonly by: Date | null } | null;
  readonly toKeep: { readonly threshold: number; readonly earned: number; readonly missing: number; readonly by: Date } | null;
  /** The tier after the end of the current period if nothing more is bought and what is pending takes effect. */
  readonly projectedTier: TierCode;
  /** The version in force. */
  readonly version: number;
  /** What led here, oldest first. */
  readonly steps: readonly Step[];
  /** The next instant at which the standing can change without a new ledger line; null if never. */
  readonly nextChangeAt: Date | null;
  /** From when the member is told that the tier will be lost as things stand; null when it is safe. */
  readonly willFallAt: Date | null;
};

export type Question = {
  readonly lines: readonly Pick<GrowthLine, "orderId" | "growth" | "earnedAt" | "recordedAt">[];
  /** Published versions in order. At least one must be in force at `at`. */
  readonly history: readonly Ladder[];
  readonly manual: readonly ManualTier[];
  readonly at: Date;
};

/** Growth of one order that counts from one instant, net of everything given back. */
type Net = { readonly earnedAt: number; readonly countsAt: number; growth: number };
type Period = Span & { readonly terms: LadderTerms; readonly version: number; readonly tier: Tier };
type State = { ladder: Ladder; tier: Tier; since: Date | null; period: Period | null; graceUntil: Date | null };

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
  const known = lines.filter((line) => line.recordedAt <= at);
  const nets = netGrowth(known);
  const published = history.filter((ladder) => ladder.effectiveFrom <= at);
  const { state, steps } = walk(nets, published, at);
  const { terms } = state.ladder;
  const lift = highest(manual.filter((each) => each.startsAt <= at && at < each.endsAt), terms);
  const carried = lift === null ? null : terms.tiers[rankOf(terms, lift.tier)];
  const window = { from: windowStart(terms, at), to: new Date(at.getTime() + 1) };
  const growth = growthIn(nets, window, at);
  const next = terms.tiers[terms.tiers.indexOf(state.tier) + 1];
  const expiring = leaving(nets, terms, at);
  const pending = known.reduce((sum, line) => (line.earnedAt === null || line.earnedAt > at ? sum + line.growth : sum), 0);
  const toKeep = state.period === null ? null : keepGoal(state.period, state.graceUntil, nets, at);
  const projectedTier = project(known, state, published, at);
  const lost = state.period !== null && rankOf(terms, projectedTier) < rankOf(terms, state.tier.code);
  return {
    tier: carried && carried.upgradeAt > state.tier.upgradeAt ? carried.code : state.tier.code,
    earned: state.tier.code,
    since: state.since,
    keepUntil: state.period?.to ?? null,
    graceUntil: state.graceUntil,
    manual: lift,
    growth,
    pending,
    expiring,
    toRise: next ? { tier: next.code, threshold: next.upgradeAt, missing: Math.max(0, next.upgradeAt - growth), by: expiring[0]?.at ?? null } : null,
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
    willFallAt: lost && state.period ? addDays(state.period.to, -WARNING_DAYS) : null,
  };
}

/** The last turn of a standing, and the ledger lines that it counted. */
export function explain(
  now: Pick<Standing, "steps" | "manual" | "tier" | "earned" | "version">,
  lines: readonly Pick<GrowthLine, "id" | "earnedAt" | "recordedAt">[],
  at: Date,
) {
  const turn = now.steps.findLast((step) => step.kind !== "carried" || step.from !== step.to);
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

/** Replays everything that happened up to `until`, in order of time. */
function walk(nets: readonly Net[], history: readonly Ladder[], until: Date): { state: State; steps: Step[] } {
  const first = history[0];
  const lowest = first?.terms.tiers[0];
  if (first === undefined || lowest === undefined) throw new RangeError("no ladder is in force");
  const state: State = { ladder: first, tier: lowest, since: null, period: null, graceUntil: null };
  const steps: Step[] = [];
  const instants = [...new Set([...history.map(({ effectiveFrom }) => effectiveFrom.getTime()), ...nets.map(({ countsAt }) => countsAt)])]
    .filter((instant) => instant >= first.effectiveFrom.getTime() && instant <= until.getTime())
    .sort((a, b) => a - b);
  for (const instant of instants) {
    settleUpTo(state, nets, steps, new Date(instant));
    const at = new Date(instant);
    adopt(state, ladderAt(history, at) ?? first, at, steps);
    rescue(state, nets, at, steps);
    rise(state, nets, at, steps);
  }
  settleUpTo(state, nets, steps, until);
  return { state, steps };
}

/** Decides every period and grace that ended up to and including `at`. */
function settleUpTo(state: State, nets: readonly Net[], steps: Step[], at: Date): void {
  for (;;) {
    const due = state.graceUntil ?? state.period?.to;
    if (state.period === null || due === undefined || due > at) return;
    settle(state, state.period, nets, due, steps);
  }
}

function settle(state: State, period: Period, nets: readonly Net[], at: Date, steps: Step[]): void {
  const span = { from: period.from, to: at };
  const growth = growthIn(nets, span, at);
  const facts = { at, from: state.tier.code, version: period.version, growth, span, threshold: period.tier.keepAt };
  if (growth >= period.tier.keepAt) {
    keep(state, period);
    steps.push({ ...facts, kind: "kept", to: state.tier.code });
  } else if (state.graceUntil === null && period.terms.graceDays > 0) {
    state.graceUntil = addDays(period.to, period.terms.graceDays);
    steps.push({ ...facts, kind: "grace", to: state.tier.code });
  } else {
    state.tier = carryTier(landing(period, growth), state.ladder.terms);
    state.since = at;
    state.graceUntil = null;
    state.period = periodFrom(state, at);
    steps.push({ ...facts, kind: "fell", to: state.tier.code });
  }
}

/** In grace, growth that arrives may still keep the tier. */
function rescue(state: State, nets: readonly Net[], at: Date, steps: Step[]): void {
  const { period } = state;
  if (period === null || state.graceUntil === null) return;
  const span = { from: period.from, to: new Date(at.getTime() + 1) };
  const growth = growthIn(nets, span, at);
  if (growth < period.tier.keepAt) return;
  keep(state, period);
  steps.push({ kind: "kept", at, from: state.tier.code, to: state.tier.code, version: period.version, growth, span, threshold: period.tier.keepAt });
}

function rise(state: State, nets: readonly Net[], at: Date, steps: Step[]): void {
  const { terms, version } = state.ladder;
  const span = { from: windowStart(terms, at), to: new Date(at.getTime() + 1) };
  const growth = growthIn(nets, span, at);
  const reached = terms.tiers.findLast((tier) => tier.upgradeAt <= growth);
  if (reached === undefined || reached.upgradeAt <= state.tier.upgradeAt) return;
  const from = state.tier.code;
  state.tier = reached;
  state.since = at;
  state.graceUntil = null;
  state.period = periodFrom(state, at);
  steps.push({ kind: "rose", at, from, to: reached.code, version, growth, span, threshold: reached.upgradeAt });
}

/** Lets a version take effect: the tier is carried over, the running period stays what it was. */
function adopt(state: State, ladder: Ladder, at: Date, steps: Step[]): void {
  if (ladder === state.ladder && steps.length > 0) return;
  const from = state.tier.code;
  const kind = steps.length === 0 ? "started" : "carried";
  state.ladder = ladder;
  state.tier = carryTier(state.tier, ladder.terms);
  steps.push({ kind, at, from, to: state.tier.code, version: ladder.version, growth: 0, span: { from: at, to: at }, threshold: state.tier.keepAt });
}

function landing({ terms, tier }: Period, growth: number): Tier {
  const below = terms.tiers.slice(0, terms.tiers.indexOf(tier));
  const best = terms.downgrade === "one_down" ? below.at(-1) : below.findLast((lower) => lower.keepAt <= growth);
  return best ?? below[0] ?? tier;
}

/** A period that begins now for the tier just reached; none in the lowest tier. Ends with a day in Asia/Shanghai. */
function periodFrom({ tier, ladder }: State, at: Date): Period | null {
  const { terms, version } = ladder;
  if (tier === terms.tiers[0]) return null;
  const { qualification } = terms;
  const span =
    qualification.kind === "calendarYear"
      ? businessYear(at)
      : { from: new Date(at.getTime() + 1), to: addDays(startOfBusinessDay(businessDay(addDays(at, qualification.days))), 1) };
  return { ...span, terms, version, tier };
}

/** The period after a kept one begins where that one ended, under the version then in force. */
function keep(state: State, { to }: Period): void {
  const { qualification } = state.ladder.terms;
  const span = qualification.kind === "calendarYear" ? businessYear(to) : { from: to, to: addDays(to, qualification.days) };
  state.period = { ...span, terms: state.ladder.terms, version: state.ladder.version, tier: state.tier };
  state.graceUntil = null;
}

function keepGoal(period: Period, graceUntil: Date | null, nets: readonly Net[], at: Date): Standing["toKeep"] {
  const by = graceUntil ?? period.to;
  const earned = growthIn(nets, { from: period.from, to: by }, at);
  return { threshold: period.tier.keepAt, earned, missing: Math.max(0, period.tier.keepAt - earned), by };
}

/** The tier once the current period is over, if nothing is bought and what is pending completes now. */
function project(known: Question["lines"], state: State, history: readonly Ladder[], at: Date): TierCode {
  const { terms } = state.ladder;
  const completed = addDays(at, terms.growth.returnWindowDays);
  const nets = netGrowth(known.map((line) => (line.earnedAt === null ? { ...line, earnedAt: completed } : line)));
  const lastPending = Math.max(at.getTime(), ...nets.map((net) => net.countsAt));
  const end = state.graceUntil ?? (state.period && addDays(state.period.to, state.period.terms.graceDays));
  return walk(nets, history, end ?? new Date(lastPending)).state.tier.code;
}

/** Sums the ledger by order and by the instant from which it counts; what cancels out leaves nothing behind. */
function netGrowth(lines: Question["lines"]): Net[] {
  const nets = new Map<string, Net>();
  for (const { orderId, growth, earnedAt, recordedAt } of lines) {
    if (earnedAt === null) continue;
    const key = `${orderId} ${earnedAt.getTime()}`;
    const net = nets.get(key);
    if (net) net.growth += growth;
    else nets.set(key, { earnedAt: earnedAt.getTime(), countsAt: Math.max(earnedAt.getTime(), recordedAt.getTime()), growth });
  }
  return [...nets.values()].filter((net) => net.growth !== 0);
}

/** Growth earned within the span, as far as it counted at `at`. */
function growthIn(nets: readonly Net[], { from, to }: Span, at: Date): number {
  const [start, end, now] = [from.getTime(), to.getTime(), at.getTime()];
  let sum = 0;
  for (const net of nets) {
    if (net.earnedAt >= start && net.earnedAt < end && net.countsAt <= now) sum += net.growth;
  }
  return sum;
}

/** Where the window in which growth counts towards rising begins, seen from `at`. */
function windowStart({ qualification }: LadderTerms, at: Date): Date {
  return qualification.kind === "rolling" ? addDays(at, -qualification.days) : businessYear(at).from;
}

/** What leaves the window when, soonest first, one entry a day. */
function leaving(nets: readonly Net[], terms: LadderTerms, at: Date): Standing["expiring"] {
  const start = windowStart(terms, at).getTime();
  const days = new Map<number, number>();
  for (const net of nets) {
    if (net.countsAt > at.getTime() || net.earnedAt < start) continue;
    const end = terms.qualification.kind === "rolling" ? net.earnedAt + terms.qualification.days * DAY_MS + 1 : businessYear(at).to.getTime();
    const day = startOfBusinessDay(businessDay(new Date(end))).getTime();
    days.set(day, (days.get(day) ?? 0) + net.growth);
  }
  return [...days].sort(([a], [b]) => a - b).map(([day, growth]) => ({ at: new Date(day), growth }));
}

function highest(manual: readonly ManualTier[], terms: LadderTerms): ManualTier | null {
  return manual.reduce<ManualTier | null>(
    (best, each) => (best === null || rankOf(terms, each.tier) > rankOf(terms, best.tier) ? each : best),
    null,
  );
}

function earliestAfter(at: Date, instants: readonly (Date | null | undefined)[]): Date | null {
  return instants.reduce<Date | null>(
    (earliest, each) => (each && each > at && (earliest === null || each < earliest) ? each : earliest),
    null,
  );
}
