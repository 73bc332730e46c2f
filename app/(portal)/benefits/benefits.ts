import type { Caller } from "#server/api/root.ts";

/** A benefit as its member sees it. */
export type OwnBenefit = Awaited<ReturnType<Caller["benefits"]["mine"]>>[number];
/** The member, or one of their children, for whom it would be used. */
export type Person = OwnBenefit["people"][number];

/** Where a benefit stands in the list: ready for somebody, used up, or locked. */
export function placeOf({ open, people }: Pick<OwnBenefit, "open" | "people">): "usable" | "spent" | "locked" {
  if (open) return "usable";
  return people.some(({ lock }) => lock?.reason === "quotaSpent") ? "spent" : "locked";
}

/** Names of needed fields by their keys, in the reader's language. */
export function namesOf({ needs }: OwnBenefit, keys: readonly string[], locale: "zh-CN" | "en"): string[] {
  return needs.filter(({ field }) => keys.includes(field)).map(({ name }) => name[locale]);
}
