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

/** Something unlawful about terms: the code of the refusal, and the part of the terms that it is about. */
export type Fault = {
  readonly code: string;
  readonly condition: Readonly<Record<string, string>>;
  readonly path: string;
};

/** Whether terms are lawful as they stand. Refuses the first of their `faults`. */
export function checkTerms(terms: ActivityTerms, definitions: Definitions): Verdict {
  const [first] = faults(terms, definitions);
  return first === undefined ? yes : no(first.code, first.condition);
}

/**
 * All that is unlawful about terms, in the order in which they are read: BASIS_INVALID, BASIS_DETAIL_MISSING,
 * FIELD_UNKNOWN, SUBJECT_MIXED, CONSENT_KIND_INVALID, IMPACT_MISSING, RETENTION_UNBOUNDED, RECIPIENT_VAGUE,
 * JOINT_ONE_SIDED (PIPL Art. 13, 19, 20, 23, 28–31).
 */
export function faults(terms: ActivityTerms, definitions: Definitions): Fault[] {
  const { basis, use, basisDetail, fields, recipients } = terms;
  const needed = neededConsentKind(terms, definitions);
  const found: readonly (Fault | false)[] = [
    basis !== "consent" && onConsentAlone.includes(use) && fault("BASIS_INVALID", "basis", { use, basis }),
    (basis === "consent") !== (basisDetail === null) && fault("BASIS_DETAIL_MISSING", "basisDetail"),
    ...fields.map(({ key }, index) => {
      const definition = definitions.get(key);
      if (definition === undefined) return fault("FIELD_UNKNOWN", `fields.${index}`, { field: key });
      return definition.subject !== terms.subject && fault("SUBJECT_MIXED", `fields.${index}`, { field: key });
    }),
    terms.consentKind !== needed && fault("CONSENT_KIND_INVALID", "consentKind", { needed }),
    terms.impact === null && isSensitive(terms, definitions) && fault("IMPACT_MISSING", "impact"),
    !isBounded(terms) && fault("RETENTION_UNBOUNDED", "retention.days"),
    ...recipients.flatMap(({ name, relation, method }, index) => [
      vague.test(name) && fault("RECIPIENT_VAGUE", `recipients.${index}.name`),
      relation === "joint" &&
        !(together.test(method["zh-CN"]) && together.test(method.en)) &&
        fault("JOINT_ONE_SIDED", `recipients.${index}.relation`),
    ]),
  ];
  return found.filter((one) => one !== false);
}

function fault(code: string, path: string, condition: Fault["condition"] = {}): Fault {
  return { code, condition, path };
}

/** Until withdrawal, which only consent can have, or for a number of days (PIPL Art. 19). */
function isBounded({ basis, retention: { trigger, days } }: ActivityTerms): boolean {
  return trigger === "withdrawal" ? basis === "consent" && days === 0 : days >= 1;
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

function isSensitive({ fields }: ActivityTerms, definitions: Definitions): boolean {
  return fields.some(({ key }) => (definitions.get(key)?.class ?? "general") !== "general");
}
