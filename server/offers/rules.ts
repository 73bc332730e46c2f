/**
 * The only price function. Policy, "best for the member", in full:
 * 1. An offer is looked at alone, on list prices; so the order of offers cannot matter, nor how a cart is split.
 * 2. Of the offers that share a stacking group at most one applies; offers without a group combine with all others.
 * 3. Of all combinations that allows, the member gets the one with the lowest total. Between equals: the greater stated
 *    value of what is given along, then the higher priority, then the older offer.
 * 4. No line falls below zero; nothing ever raises one above its list price.
 */

import type { OfferId } from "../core/id.ts";
import { allocate, type Fen, fen, sumFen } from "../core/money.ts";
import type { Basis, Outcome, PricedLine } from "./kind.ts";
import { kindOf, type OfferTerms } from "./kinds/index.ts";
import {
  type Answer,
  type Condition,
  NEW_MEMBER_DAYS,
  type OfferVersionId,
  type Question,
  type Quote,
  type RefusedCode,
} from "./model.ts";
import { type Bid, type Coverage, choose } from "./stacking/rules.ts";

/** One published version, and whether its budget was used up at the instant for which it was loaded. */
export type OfferVersion = {
  readonly id: OfferId;
  readonly versionId: OfferVersionId;
  readonly version: number;
  readonly terms: OfferTerms;
  readonly exhausted: boolean;
};

/** A set of offers made ready once, to answer many questions. Made by `compile` alone. */
export type CompiledOffers = {
  /** By priority, then id: the order of the answers. */
  readonly offers: readonly OfferVersion[];
  readonly prepared: readonly Prepared[];
  readonly scopes: readonly Scope[];
  /** Answers per tier and channel, and scopes per item, remembered; both follow from the offers alone. */
  readonly plans: Map<string, Plan>;
  readonly scopesOfItem: Map<string, { readonly category: string; readonly covering: readonly number[] }>;
};

type Scope = { readonly everything: boolean } & Record<keyof OfferTerms["conditions"]["scope"], ReadonlySet<string>>;
type Plan = { readonly answers: readonly Answer[]; readonly eligible: readonly Prepared[] };
type Prepared = {
  readonly offer: OfferVersion;
  readonly index: number;
  readonly scope: number;
  readonly from: number;
  readonly to: number;
  readonly effect: (basis: Basis) => Outcome;
  readonly no: Readonly<
    Record<
      | "NOT_STARTED"
      | "EXPIRED"
      | "BUDGET_EXHAUSTED"
      | "NOT_NEW_MEMBER"
      | "CODE_REQUIRED"
      | "OUT_OF_SCOPE"
      | "NO_EFFECT",
      Answer
    >
  >;
};
type Contender = Bid & { readonly prepared: Prepared };

const ITEMS_REMEMBERED = 20_000;

/** Makes a set of offers ready for `quote`. The order in which they are given does not matter. */
export function compile(versions: readonly OfferVersion[]): CompiledOffers {
  const offers = [...versions].sort(
    (a, b) => b.terms.conditions.priority - a.terms.conditions.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const scopes = new Map<string, { readonly position: number; readonly scope: Scope }>();
  const prepared = offers.map((offer, index) => {
    const { window, scope } = offer.terms.conditions;
    const key = JSON.stringify([scope.skus, scope.categories, scope.excludeSkus, scope.excludeCategories]);
    const known = scopes.get(key) ?? { position: scopes.size, scope: scopeOf(scope) };
    scopes.set(key, known);
    return {
      offer,
      index,
      scope: known.position,
      from: Date.parse(window.from),
      to: window.to === null ? Number.POSITIVE_INFINITY : Date.parse(window.to),
      effect: kindOf(offer.terms.reward).effectOf(offer.terms.reward),
      no: {
        NOT_STARTED: refused(offer, "NOT_STARTED", { fromAt: Date.parse(window.from) }),
        EXPIRED: refused(offer, "EXPIRED", { toAt: Date.parse(window.to ?? window.from) }),
        BUDGET_EXHAUSTED: refused(offer, "BUDGET_EXHAUSTED"),
        NOT_NEW_MEMBER: refused(offer, "NOT_NEW_MEMBER", { days: NEW_MEMBER_DAYS }),
        CODE_REQUIRED: refused(offer, "CODE_REQUIRED"),
        OUT_OF_SCOPE: refused(offer, "OUT_OF_SCOPE"),
        NO_EFFECT: refused(offer, "NO_EFFECT"),
      },
    };
  });
  return {
    offers,
    prepared,
    scopes: [...scopes.values()].map(({ scope }) => scope),
    plans: new Map(),
    scopesOfItem: new Map(),
  };
}

/**
 * What the cart costs for the tier through the channel at the instant, and what every offer of the set answered.
 * Pure: same tier, same terms. Nothing in a `Question` tells two members of one tier apart (PIPL Art. 24).
 */
export function quote(offers: CompiledOffers, question: Question): Quote {
  const plan = planOf(offers, question);
  const items = itemsOf(question.lines);
  const coverages = cover(offers, items);
  const answers = plan.answers.slice();
  const groups = new Map<string, Contender[]>();
  for (const prepared of plan.eligible) {
    const barred = barrier(prepared, question);
    const coverage = coverages[prepared.scope];
    if (barred !== null) answers[prepared.index] = prepared.no[barred];
    else if (coverage === undefined) answers[prepared.index] = prepared.no.OUT_OF_SCOPE;
    else {
      const outcome = prepared.effect(coverage);
      if (!outcome.ok) answers[prepared.index] = refused(prepared.offer, outcome.code, outcome.condition);
      else if (outcome.discountFen === 0 && outcome.grants.length === 0)
        answers[prepared.index] = prepared.no.NO_EFFECT;
      else {
        const group = prepared.offer.terms.conditions.stackingGroup ?? prepared.offer.id;
        const worthFen = outcome.grants.reduce((sum, grant) => sum + grant.worthFen, 0);
        const contender = { prepared, rank: prepared.index, outcome, coverage, worthFen };
        const rivals = groups.get(group);
        if (rivals === undefined) groups.set(group, [contender]);
        else rivals.push(contender);
      }
    }
  }
  const left: number[] = items.map((item) => item.listFen);
  for (const { winner, shares, rivals } of choose([...groups.values()], left)) {
    for (const { prepared } of rivals) {
      answers[prepared.index] = refused(prepared.offer, "EXCLUDED_BY", { offer: winner.prepared.offer.id });
    }
    answers[winner.prepared.index] = apply(winner, shares, left);
  }
  const totals = totalsOf(items, left, question.lines);
  const quoted = question.lines.map(({ sku, quantity, listPriceFen }, position) => {
    const listFen = fen(listPriceFen * quantity);
    const totalFen = totals[position] ?? listFen;
    return { sku, quantity, listFen, discountFen: fen(listFen - totalFen), totalFen };
  });
  return {
    listFen: sumFen(quoted.map((line) => line.listFen)),
    totalFen: sumFen(quoted.map((line) => line.totalFen)),
    lines: quoted,
    offers: answers,
  };
}

/** What a cart holds of one item at one list price, and on which of its lines. */
type Item = { -readonly [K in keyof PricedLine]: PricedLine[K] } & { readonly positions: number[] };

/** The items of a cart, however it is split into lines. */
function itemsOf(lines: Question["lines"]): readonly Item[] {
  const items: Item[] = [];
  lines.forEach((line, position) => {
    const { sku, category, quantity, listPriceFen } = line;
    const listFen = fen(listPriceFen * quantity);
    const known = items.find(
      (item) => item.sku === sku && item.category === category && item.listPriceFen === listPriceFen,
    );
    if (known === undefined) items.push({ sku, category, quantity, listPriceFen, listFen, positions: [position] });
    else {
      known.quantity += quantity;
      known.listFen = fen(known.listFen + listFen);
      known.positions.push(position);
    }
  });
  return items;
}

/** What each line of the cart costs: its share, by quantity, of what its item costs. */
function totalsOf(items: readonly Item[], left: readonly number[], lines: Question["lines"]): readonly Fen[] {
  const totals = new Array<Fen>(lines.length);
  items.forEach(({ positions, listFen }, index) => {
    const totalFen = fen(left[index] ?? listFen);
    const parts =
      positions.length === 1
        ? [totalFen]
        : allocate(
            totalFen,
            positions.map((position) => lines[position]?.quantity ?? 0),
          );
    positions.forEach((position, part) => {
      totals[position] = parts[part] ?? fen(0);
    });
  });
  return totals;
}

/** The first public condition that keeps an offer of the right tier and channel from being looked at, if any. */
function barrier(
  { offer, from, to }: Prepared,
  question: Question,
): Exclude<keyof Prepared["no"], "OUT_OF_SCOPE" | "NO_EFFECT"> | null {
  const at = question.at.getTime();
  const { newMemberOnly, codeRequired } = offer.terms.conditions;
  if (at < from) return "NOT_STARTED";
  if (at >= to) return "EXPIRED";
  if (offer.exhausted) return "BUDGET_EXHAUSTED";
  if (newMemberOnly && question.newMember !== true) return "NOT_NEW_MEMBER";
  if (codeRequired && question.unlocked?.includes(offer.id) !== true) return "CODE_REQUIRED";
  return null;
}

function planOf(offers: CompiledOffers, { tier, channel }: Question): Plan {
  const key = `${channel} ${tier}`;
  const known = offers.plans.get(key);
  if (known !== undefined) return known;
  const eligible: Prepared[] = [];
  const answers = offers.prepared.map((prepared) => {
    const { tiers, channels } = prepared.offer.terms.conditions;
    if (!tiers.includes(tier)) return refused(prepared.offer, "TIER_NOT_INCLUDED", { tier, tiers: tiers.join(", ") });
    if (!channels.includes(channel)) {
      return refused(prepared.offer, "CHANNEL_MISMATCH", { channel, channels: channels.join(", ") });
    }
    eligible.push(prepared);
    return prepared.no.OUT_OF_SCOPE;
  });
  const plan = { answers, eligible };
  offers.plans.set(key, plan);
  return plan;
}

/** Per scope: the lines it covers. Scopes that cover nothing have no entry. */
function cover(offers: CompiledOffers, lines: readonly PricedLine[]): readonly (Coverage | undefined)[] {
  const coverages = new Array<Coverage | undefined>(offers.scopes.length);
  lines.forEach((line, position) => {
    for (const scope of scopesOf(offers, line)) {
      const coverage = coverages[scope];
      if (coverage === undefined) coverages[scope] = { positions: [position], lines: [line], listFen: line.listFen };
      else {
        coverage.positions.push(position);
        coverage.lines.push(line);
        coverage.listFen = fen(coverage.listFen + line.listFen);
      }
    }
  });
  return coverages;
}

function scopesOf({ scopes, scopesOfItem }: CompiledOffers, { sku, category = "" }: PricedLine): readonly number[] {
  const known = scopesOfItem.get(sku);
  if (known !== undefined && known.category === category) return known.covering;
  const covering = scopes.flatMap((scope, position) => (covers(scope, sku, category) ? [position] : []));
  if (scopesOfItem.size >= ITEMS_REMEMBERED) scopesOfItem.clear();
  scopesOfItem.set(sku, { category, covering });
  return covering;
}

function covers(scope: Scope, sku: string, category: string): boolean {
  if (scope.excludeSkus.has(sku) || scope.excludeCategories.has(category)) return false;
  return scope.everything || scope.skus.has(sku) || scope.categories.has(category);
}

function scopeOf(scope: OfferTerms["conditions"]["scope"]): Scope {
  return {
    everything: scope.skus.length === 0 && scope.categories.length === 0,
    skus: new Set(scope.skus),
    categories: new Set(scope.categories),
    excludeSkus: new Set(scope.excludeSkus),
    excludeCategories: new Set(scope.excludeCategories),
  };
}

/** Takes the discount from what is `left` of each line (and lowers it), never more than is there. */
function apply({ prepared, outcome }: Contender, shares: readonly number[], left: number[]): Answer {
  let discount = 0;
  shares.forEach((share, position) => {
    const amount = left[position] ?? 0;
    const taken = Math.min(share, amount);
    left[position] = amount - taken;
    discount += taken;
  });
  if (discount === 0 && outcome.grants.length === 0) return prepared.no.NO_EFFECT;
  const { id, version } = prepared.offer;
  return { id, version, applied: true, discountFen: fen(discount), grants: outcome.grants };
}

function refused({ id, version }: OfferVersion, code: RefusedCode, condition: Condition = {}): Answer {
  return { id, version, applied: false, code, condition };
}
