import type { ActivityTerms } from "../model.ts";

/** One thing in which two versions differ: `fields.child.weight`, `recipients.…`, `retention`. */
export type TermsChange = { readonly path: string; readonly before: string | null; readonly after: string | null };

/** In what two versions of the terms differ; empty exactly when they say the same. */
export function termsDiff(before: ActivityTerms, after: ActivityTerms): TermsChange[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

/**
 * Whether nobody may call the change immaterial: a field, recipient, use or basis that was not there, a purpose or
 * method that reads otherwise, a longer keeping, an automated decision (PIPL Art. 14(2)).
 */
export function isMaterial(before: ActivityTerms, after: ActivityTerms): boolean {
  return termsDiff(before, after).some(({ path, after: now }) => {
    if (path === "retention") return !isShorter(before.retention, after.retention);
    if (path === "automatedDecision") return after.automatedDecision;
    return now !== null && decided.test(path);
  });
}

/** What a person decided on: each field but not the words about it, recipients, what for, how, on what basis. */
const decided = /^(fields\.[^.]+\.[^.]+$|recipients\.|use$|purpose\.|method\.|basis$)/;

function isShorter(before: ActivityTerms["retention"], after: ActivityTerms["retention"]): boolean {
  return before.trigger === after.trigger && after.days <= before.days;
}

/** Each part of the terms by its path, as text. */
function flat(terms: ActivityTerms): Map<string, string> {
  const { name, purpose, method, storagePlace, impact, refusal, fields, recipients, retention, systems, ...rest } =
    terms;
  const texts = { name, purpose, method, storagePlace, impact, refusal };
  return new Map([
    ...Object.entries(rest).map(([path, value]): [string, string] => [path, String(value)]),
    ...Object.entries(texts).flatMap(([path, text]) => (text === null ? [] : inBoth(path, text))),
    ["retention", `${retention.trigger} ${retention.days}`],
    ["systems", systems.join(" · ")],
    ...fields.flatMap(({ key, necessity, mandatory }): [string, string][] => [
      [`fields.${key}`, mandatory ? "mandatory" : "optional"],
      ...inBoth(`fields.${key}.necessity`, necessity),
    ]),
    ...recipients.flatMap((recipient): [string, string][] => [
      [`recipients.${recipient.name}`, [recipient.relation, recipient.country, recipient.contact].join(" · ")],
      ...inBoth(`recipients.${recipient.name}.purpose`, recipient.purpose),
      ...inBoth(`recipients.${recipient.name}.method`, recipient.method),
    ]),
  ]);
}

function inBoth(path: string, text: { readonly "zh-CN": string; readonly en: string }): [string, string][] {
  return [
    [`${path}.zh-CN`, text["zh-CN"]],
    [`${path}.en`, text.en],
  ];
}
