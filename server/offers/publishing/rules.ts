import { no, type Verdict, yes } from "../../core/refusal.ts";
import { DAY_MS } from "../../core/time.ts";
import { kindOf, type OfferTerms } from "../kinds/index.ts";
import { type Conditions, FLOOR_PERMILLE, PUBLICATION_LEAD_MS, type StoredTerms } from "../model.ts";
import type { OfferVersion } from "../rules.ts";
import type { Change, Draft, OfferState, PublishedVersion } from "./model.ts";

/** How long an offer that is over still answers EXPIRED before quotes leave it out. */
const EXPIRED_SHOWN_MS = 30 * DAY_MS;

/** Whether terms make sense: refuses WINDOW_BACKWARDS, SCOPE_CONTRADICTS, TIER_UNKNOWN, TERMS_CONTRADICT. */
export function checkTerms({ conditions, reward }: OfferTerms, tiers: readonly string[]): Verdict {
  const { window, scope } = conditions;
  if (window.to !== null && Date.parse(window.to) <= Date.parse(window.from)) {
    return no("WINDOW_BACKWARDS");
  }
  const both = [
    ...scope.skus.filter((sku) => scope.excludeSkus.includes(sku)),
    ...scope.categories.filter((category) => scope.excludeCategories.includes(category)),
  ];
  if (both[0] !== undefined) return no("SCOPE_CONTRADICTS", { code: both[0] });
  const unknown = conditions.tiers.find((tier) => !tiers.includes(tier));
  if (unknown !== undefined) return no("TIER_UNKNOWN", { tier: unknown });
  return kindOf(reward).checkOf(reward);
}

/**
 * How low a line can fall under these terms, in thousandths of its list price, together with the offers published
 * beside them: of every other stacking group the deepest offer that can meet them on one line.
 */
export function lowestPermille(terms: OfferTerms, beside: readonly OfferTerms[]): number {
  const depth = (of: OfferTerms) => kindOf(of.reward).deepestOf(of.reward);
  const { tiers, channels, stackingGroup } = terms.conditions;
  const depths = tiers.flatMap((tier) =>
    channels.map((channel) => {
      const groups = new Map<unknown, number>();
      for (const other of beside) {
        const group = other.conditions.stackingGroup ?? other;
        if (group === stackingGroup || !meet(terms.conditions, other.conditions)) continue;
        if (!other.conditions.tiers.includes(tier) || !other.conditions.channels.includes(channel)) continue;
        groups.set(group, Math.max(groups.get(group) ?? 0, depth(other)));
      }
      return [...groups.values()].reduce((sum, deepest) => sum + deepest, depth(terms));
    }),
  );
  return Math.max(0, 1000 - Math.max(...depths));
}

/** Whether a line could fall under a brand's floor, so that a second approval is asked for. */
export function isBelowFloor(lowest: number): boolean {
  return lowest < FLOOR_PERMILLE;
}

/** Who may approve: somebody who had no hand in the terms, and for the second approval somebody else again. */
export function mayApprove(draft: Draft, staffId: string, belowFloor: boolean): Verdict {
  if (draft.editors.includes(staffId)) return no("SELF_APPROVAL");
  if (draft.approvedBy === null) return yes;
  const complete = !belowFloor || draft.secondApprovedBy !== null;
  return complete || draft.approvedBy === staffId ? no("ALREADY_APPROVED") : yes;
}

/** Refuses NOT_APPROVED, and BELOW_FLOOR while the second approval is missing. */
export function mayPublish(draft: Draft, lowest: number): Verdict {
  if (draft.approvedBy === null) return no("NOT_APPROVED");
  return isBelowFloor(lowest) && draft.secondApprovedBy === null
    ? no("BELOW_FLOOR", { lowest: lowest / 1000, floor: FLOOR_PERMILLE / 1000 })
    : yes;
}

/** When a change asked for now takes effect: never before every process can know of it. */
export function effectiveAt(now: Date, asked: Date | null): Date {
  return new Date(Math.max(now.getTime() + PUBLICATION_LEAD_MS, asked?.getTime() ?? 0));
}

/** The versions that quotes consider at an instant: of each offer the latest in effect, unless retired or long over. */
export function inForce(history: readonly PublishedVersion[], at: Date): OfferVersion[] {
  const latest = new Map<string, PublishedVersion>();
  for (const version of history) {
    if (version.effectiveFrom > at) continue;
    if ((latest.get(version.offerId)?.version ?? 0) < version.version) latest.set(version.offerId, version);
  }
  return [...latest.values()]
    .filter(({ retiresAt, terms }) => (retiresAt === null || retiresAt > at) && leavesAt(terms) > at.getTime())
    .map(({ id, offerId, version, terms, exhaustedAt }) => ({
      id: offerId,
      versionId: id,
      version,
      terms,
      exhausted: exhaustedAt !== null && exhaustedAt <= at,
    }));
}

/** Every instant at which `inForce` can give another answer, in order. */
export function turningPoints(history: readonly PublishedVersion[]): number[] {
  const instants = history.flatMap(({ effectiveFrom, retiresAt, exhaustedAt, terms }) => [
    effectiveFrom.getTime(),
    retiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    exhaustedAt?.getTime() ?? Number.POSITIVE_INFINITY,
    leavesAt(terms),
  ]);
  return [...new Set(instants)].filter(Number.isFinite).sort((a, b) => a - b);
}

/** Where an offer stands: by its published version (if any) and retirement. */
export function stateOf(
  current: Pick<PublishedVersion, "effectiveFrom" | "retiresAt" | "terms"> | null,
  at: Date,
): OfferState {
  if (current === null) return "draft";
  const { from, to } = current.terms.conditions.window;
  if (current.retiresAt !== null && current.retiresAt <= at) return "retired";
  if (to !== null && Date.parse(to) <= at.getTime()) return "ended";
  return current.effectiveFrom > at || Date.parse(from) > at.getTime() ? "scheduled" : "live";
}

/** In what two versions differ, field by field; `before` null means that everything is new. */
export function changes(before: StoredTerms | null, after: StoredTerms): Change[] {
  const [old, now] = [before === null ? new Map<string, string>() : leaves(before), leaves(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

function leavesAt({ conditions: { window } }: OfferTerms): number {
  return window.to === null ? Number.POSITIVE_INFINITY : Date.parse(window.to) + EXPIRED_SHOWN_MS;
}

function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return new Map([[path, Array.isArray(value) ? value.join(", ") : String(value ?? "")]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path === "" ? key : `${path}.${key}`)]),
  );
}

/** Whether two offers can meet on one line at one instant. In doubt, they can. */
function meet(a: Conditions, b: Conditions): boolean {
  const [endA, endB] = [a, b].map(({ window }) =>
    window.to === null ? Number.POSITIVE_INFINITY : Date.parse(window.to),
  );
  if (Date.parse(a.window.from) >= (endB ?? 0) || Date.parse(b.window.from) >= (endA ?? 0)) return false;
  const skusOnly = (scope: Conditions["scope"]) => scope.skus.length > 0 && scope.categories.length === 0;
  const categoriesOnly = (scope: Conditions["scope"]) => scope.categories.length > 0 && scope.skus.length === 0;
  if (skusOnly(a.scope) && skusOnly(b.scope)) return a.scope.skus.some((sku) => b.scope.skus.includes(sku));
  if (categoriesOnly(a.scope) && categoriesOnly(b.scope)) {
    return a.scope.categories.some((category) => b.scope.categories.includes(category));
  }
  return true;
}
