import { addDays, businessDay, businessYear, startOfBusinessDay } from "../../core/time.ts";
import { carryTier, ladderAt } from "../ladders/rules.ts";
import type { GrowthLine, Ladder, LadderTerms, Tier, TierCode } from "../model.ts";

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

/** What of a ledger line the standing rests on. */
export type BookedLine = Pick<GrowthLine, "orderId" | "growth" | "earnedAt" | "recordedAt">;
/** Growth of one order that counts from one instant, net of everything given back. */
export type Net = { readonly earnedAt: number; readonly countsAt: number; growth: number };
/** A qualification period, judged whole by the version under which it began. */
export type Period = Span & { readonly terms: LadderTerms; readonly version: number; readonly tier: Tier };
/** Where the walk through time has come to. */
export type State = { ladder: Ladder; tier: Tier; since: Date | null; period: Period | null; graceUntil: Date | null };

/** Replays everything that happened up to `until`, in order of time. */
export function walk(nets: readonly Net[], history: readonly Ladder[], until: Date): { state: State; steps: Step[] } {
  const first = history[0];
  const lowest = first?.terms.tiers[0];
  if (first === undefined || lowest === undefined) throw new RangeError("no ladder is in force");
  const state: State = { ladder: first, tier: lowest, since: null, period: null, graceUntil: null };
  const steps: Step[] = [];
  const instants = [
    ...new Set([
      ...history.map(({ effectiveFrom }) => effectiveFrom.getTime()),
      ...nets.map(({ countsAt }) => countsAt),
    ]),
  ]
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
  steps.push({
    kind: "kept",
    at,
    from: state.tier.code,
    to: state.tier.code,
    version: period.version,
    growth,
    span,
    threshold: period.tier.keepAt,
  });
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
  steps.push({
    kind,
    at,
    from,
    to: state.tier.code,
    version: ladder.version,
    growth: 0,
    span: { from: at, to: at },
    threshold: state.tier.keepAt,
  });
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
      : {
          from: new Date(at.getTime() + 1),
          to: addDays(startOfBusinessDay(businessDay(addDays(at, qualification.days))), 1),
        };
  return { ...span, terms, version, tier };
}

/** The period after a kept one begins where that one ended, under the version then in force. */
function keep(state: State, { to }: Period): void {
  const { qualification } = state.ladder.terms;
  const span =
    qualification.kind === "calendarYear" ? businessYear(to) : { from: to, to: addDays(to, qualification.days) };
  state.period = { ...span, terms: state.ladder.terms, version: state.ladder.version, tier: state.tier };
  state.graceUntil = null;
}

/** Sums the ledger by order and by the instant from which it counts; what cancels out leaves nothing behind. */
export function netGrowth(lines: readonly BookedLine[]): Net[] {
  const nets = new Map<string, Net>();
  for (const { orderId, growth, earnedAt, recordedAt } of lines) {
    if (earnedAt === null) continue;
    const key = `${orderId} ${earnedAt.getTime()}`;
    const net = nets.get(key);
    if (net) net.growth += growth;
    else
      nets.set(key, {
        earnedAt: earnedAt.getTime(),
        countsAt: Math.max(earnedAt.getTime(), recordedAt.getTime()),
        growth,
      });
  }
  return [...nets.values()].filter((net) => net.growth !== 0);
}

/** Growth earned within the span, as far as it counted at `at`. */
export function growthIn(nets: readonly Net[], { from, to }: Span, at: Date): number {
  const [start, end, now] = [from.getTime(), to.getTime(), at.getTime()];
  let sum = 0;
  for (const net of nets) {
    if (net.earnedAt >= start && net.earnedAt < end && net.countsAt <= now) sum += net.growth;
  }
  return sum;
}

/** Where the window in which growth counts towards rising begins, seen from `at`. */
export function windowStart({ qualification }: LadderTerms, at: Date): Date {
  return qualification.kind === "rolling" ? addDays(at, -qualification.days) : businessYear(at).from;
}
