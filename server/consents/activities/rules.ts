import { no, type Verdict, yes } from "../../core/refusal.ts";
import type { FieldDefinition, FieldKey } from "../fields/model.ts";
import type { ActivityState, ActivityTerms, ActivityUse, AssessmentReason, ConsentKind } from "./model.ts";

type Definitions = ReadonlyMap<FieldKey, FieldDefinition>;

/** Uses that no contract and no duty ever needs: only the person's consent carries them (PIPL Art. 13, 23, 24). */
const onConsentAlone: readonly ActivityUse[] = ["recommendation", "marketing", "analysis", "provision"];
/** Words that name nobody. */
const vague = /合作伙伴|合作方|关联公司|关联方|第三方|partners?\b|affiliates?\b|third part(y|ies)/i;
/** What a joint handler's method must say: that purpose and method are decided together (Art. 20). */
const together = /共同决定|共同确定|jointly (decide|determine)/i;

/**
 * Whether terms are lawful as they stand. Refuses, the first that fails: BASIS_INVALID, BASIS_DETAIL_MISSING,
 * FIELD_UNKNOWN, SUBJECT_MIXED, CONSENT_KIND_INVALID, IMPACT_MISSING, RETENTION_UNBOUNDED, RECIPIENT_VAGUE,
 * JOINT_ONE_SIDED (PIPL Art. 13, 19, 20, 23, 28–31).
 */
export function checkTerms(terms: ActivityTerms, definitions: Definitions): Verdict {
  const { basis, use, fields, retention } = terms;
  if (basis !== "consent" && onConsentAlone.includes(use)) return no("BASIS_INVALID", { use, basis });
  if ((basis === "consent") !== (terms.basisDetail === null)) return no("BASIS_DETAIL_MISSING");
  const unknown = fields.find(({ key }) => !definitions.has(key));
  if (unknown !== undefined) return no("FIELD_UNKNOWN", { field: unknown.key });
  const stray = fields.find(({ key }) => definitions.get(key)?.subject !== terms.subject);
  if (stray !== undefined) return no("SUBJECT_MIXED", { field: stray.key });
  const needed = neededConsentKind(terms, definitions);
  if (terms.consentKind !== needed) return no("CONSENT_KIND_INVALID", { needed });
  if (isSensitive(terms, definitions) && terms.impact === null) return no("IMPACT_MISSING");
  const untilWithdrawal = retention.trigger === "withdrawal";
  if (untilWithdrawal ? retention.days !== 0 || basis !== "consent" : retention.days < 1) {
    return no("RETENTION_UNBOUNDED");
  }
  if (terms.recipients.some(({ name }) => vague.test(name))) return no("RECIPIENT_VAGUE");
  const oneSided = terms.recipients.some(
    ({ relation, method }) => relation === "joint" && !(together.test(method["zh-CN"]) && together.test(method.en)),
  );
  return oneSided ? no("JOINT_ONE_SIDED") : yes;
}

/** The form in which consent must be asked for (PIPL Art. 14, 23, 29, 31, 39). */
export function neededConsentKind(terms: ActivityTerms, definitions: Definitions): ConsentKind {
  if (terms.basis !== "consent") return "none";
  if (terms.subject === "child") return "guardian";
  const leaves = terms.recipients.some(({ relation, country }) => relation === "provision" || country !== "CN");
  return leaves || isSensitive(terms, definitions) ? "separate" : "general";
}

/** Why it needs an impact assessment before it goes live; none when it needs none (PIPL Art. 55). */
export function assessmentReasons(terms: ActivityTerms, definitions: Definitions): AssessmentReason[] {
  const has = (of: FieldDefinition["class"]) => terms.fields.some(({ key }) => definitions.get(key)?.class === of);
  const some = (is: (recipient: ActivityTerms["recipients"][number]) => boolean) => terms.recipients.some(is);
  const reasons: readonly (readonly [AssessmentReason, boolean])[] = [
    ["sensitive", has("sensitive")],
    ["minor", has("minor")],
    ["automated", terms.automatedDecision],
    ["entrusted", some(({ relation }) => relation === "entrusted")],
    ["provided", some(({ relation }) => relation === "provision")],
    ["crossBorder", some(({ country }) => country !== "CN")],
  ];
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason);
}

/** Whether a draft may go live. Refuses what `checkTerms` does, TRANSFER_NOT_REGISTERED, ASSESSMENT_REQUIRED. */
export function mayActivate(terms: ActivityTerms, definitions: Definitions, isAssessed: boolean): Verdict {
  const lawful = checkTerms(terms, definitions);
  if (!lawful.ok) return lawful;
  if (terms.recipients.some(({ country }) => country !== "CN")) return no("TRANSFER_NOT_REGISTERED");
  const needs = assessmentReasons(terms, definitions).length > 0;
  return needs && !isAssessed ? no("ASSESSMENT_REQUIRED") : yes;
}

/** Which states may follow which: what was retired stays so. */
export function mayMove(from: ActivityState, to: ActivityState, hasDraft: boolean): Verdict {
  const allowed: Record<ActivityState, readonly ActivityState[]> = {
    draft: hasDraft ? ["active"] : [],
    active: hasDraft ? ["active", "suspended", "retired"] : ["suspended", "retired"],
    suspended: ["active", "retired"],
    retired: [],
  };
  return allowed[from].includes(to) ? yes : no("ACTIVITY_STATE", { state: from });
}

/** Nobody decides about what they had a hand in (PIPL Art. 56). */
export function mayDecide(handsIn: readonly string[], staffId: string): Verdict {
  return handsIn.includes(staffId) ? no("SECOND_PERSON_REQUIRED") : yes;
}

/** One thing in which two versions differ: `fields.child.weight`, `recipients.…`, `retention`. */
export type TermsChange = { readonly path: string; readonly before: string | null; readonly after: string | null };

/** In what two versions of the terms differ; empty exactly when they are the same. */
export function termsDiff(before: ActivityTerms, after: ActivityTerms): TermsChange[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

/**
 * Whether nobody may call the change immaterial: a field, recipient or use that was not there, a purpose or method that
 * reads otherwise, a longer keeping, an automated decision (PIPL Art. 14(2)).
 */
export function isMaterial(before: ActivityTerms, after: ActivityTerms): boolean {
  const added = termsDiff(before, after).filter(({ path, after: now }) => now !== null && decided.test(path));
  return added.some(({ path }) => path !== "automatedDecision" || after.automatedDecision);
}

const decided = /^(fields\.[^.]+\.[^.]+$|recipients\.|use$|purpose\.|method\.|retention$|automatedDecision$|basis$)/;

/** Each part of the terms by its path, as text. */
function flat(terms: ActivityTerms): Map<string, string> {
  const { name, purpose, method, storagePlace, impact, refusal, fields, recipients, retention, systems, ...rest } =
    terms;
  const texts = { name, purpose, method, storagePlace, impact, refusal };
  return new Map([
    ...Object.entries(rest).map(([path, value]): [string, string] => [path, String(value)]),
    ...Object.entries(texts).flatMap(([path, text]): [string, string][] =>
      text === null
        ? []
        : [
            [`${path}.zh-CN`, text["zh-CN"]],
            [`${path}.en`, text.en],
          ],
    ),
    ["retention", `${retention.trigger} ${retention.days}`],
    ["systems", systems.join(", ")],
    ...fields.flatMap(({ key, necessity, mandatory }): [string, string][] => [
      [`fields.${key}`, mandatory ? "mandatory" : "optional"],
      [`fields.${key}.necessity`, `${necessity["zh-CN"]} / ${necessity.en}`],
    ]),
    ...recipients.map((recipient): [string, string] => [
      `recipients.${recipient.name}`,
      [recipient.relation, recipient.country, recipient.contact, recipient.purpose.en, recipient.method.en].join(" · "),
    ]),
  ]);
}

function isSensitive({ fields }: ActivityTerms, definitions: Definitions): boolean {
  return fields.some(({ key }) => (definitions.get(key)?.class ?? "general") !== "general");
}
