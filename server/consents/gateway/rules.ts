import { no, type Verdict, yes } from "../../core/refusal.ts";
import type { ActivityState, ActivityTerms } from "../activities/model.ts";
import type { FieldKey } from "../fields/model.ts";
import { isOfAge, mayDecideFor, type OpenRelation } from "../guardianship/rules.ts";
import { type GrantRow, isStale } from "../ledger/rules.ts";

/** Who asks, as far as the role decides. */
export type Reader =
  /** A service of the product itself, under the name of its job. */
  | { readonly kind: "system" }
  /** The member about whom it is. */
  | { readonly kind: "self" }
  | {
      readonly kind: "staff";
      /** May serve members in a store (`benefit:redeem`). */
      readonly serves: boolean;
      /** May look at values with a ticket (`field:view`). */
      readonly views: boolean;
    }
  | { readonly kind: "apiKey" }
  | { readonly kind: "nobody" };

/** What is asked of the gateway, and all it knows about it: what decides, and nothing else. */
export type ReadFacts = {
  readonly reader: Reader;
  readonly fields: readonly FieldKey[];
  readonly knownFields: ReadonlySet<FieldKey>;
  readonly activity: {
    readonly state: ActivityState;
    readonly assessed: boolean;
    readonly terms: Pick<ActivityTerms, "basis" | "fields" | "subject">;
    readonly freshSince: Date | null;
  } | null;
  readonly grant: GrantRow | null;
  readonly relation: OpenRelation | null;
  /** The child's birth month where it is known. */
  readonly birthMonth: string | null;
  readonly restricted: boolean;
  /** ISO 3166-1 alpha-2 of where the value goes. */
  readonly destination: string;
  /** The member is being served at this moment: a code of theirs was scanned. */
  readonly onDuty: boolean;
  /** A ticket that a second person approved and whose time is not over covers these fields for this reader. */
  readonly ticketed: boolean;
  /** Fields with a value that may still be kept. */
  readonly valued: ReadonlySet<FieldKey>;
  readonly at: Date;
};

/**
 * Whether gated values may be read now. Everything is checked, in this order, and whatever is unknown is a "no": actor,
 * purpose, fields, activity live and assessed, consent, guardian, restriction, border, role, retention
 * (controls 2–5, 15–19, 31; PIPL Art. 13, 28–31, 38, 44, 55).
 */
export function mayRead(facts: ReadFacts): Verdict {
  const { activity, grant, fields } = facts;
  if (facts.reader.kind === "nobody") return no("ACTOR_UNKNOWN");
  if (activity === null) return no("PURPOSE_UNKNOWN");
  const unknown = fields.find((key) => !facts.knownFields.has(key));
  if (unknown !== undefined) return no("FIELD_UNKNOWN", { field: unknown });
  const outside = fields.find((key) => !activity.terms.fields.some((field) => field.key === key));
  if (outside !== undefined || fields.length === 0) return no("FIELD_NOT_IN_PURPOSE", { field: outside ?? "" });
  if (activity.state !== "active") return no("ACTIVITY_NOT_ACTIVE");
  if (!activity.assessed) return no("ASSESSMENT_MISSING");
  if (grant !== null && isStale(grant, activity.freshSince)) return no("CONSENT_STALE");
  if (grant?.state !== "granted") return no("SEPARATE_CONSENT_REQUIRED", { field: fields[0] ?? "" });
  const uncovered = fields.find((key) => !grant.fields.includes(key));
  if (uncovered !== undefined) return no("SEPARATE_CONSENT_REQUIRED", { field: uncovered });
  const guardian = grant.childId === null ? yes : mayDecideFor(facts.relation, grant.memberId);
  if (!guardian.ok) return guardian;
  if (facts.birthMonth !== null && isOfAge(facts.birthMonth, facts.at)) return no("CHILD_OF_AGE");
  if (facts.restricted) return no("PROCESSING_RESTRICTED");
  if (facts.destination !== "CN") return no("TRANSFER_REFUSED", { country: facts.destination });
  const role = roleMayRead(facts);
  if (!role.ok) return role;
  const gone = fields.find((key) => !facts.valued.has(key));
  return gone === undefined ? yes : no("RETENTION_OVER", { field: gone });
}

/** Store staff while they serve the member; others with a ticket of a second person; an integration never. */
function roleMayRead({ reader, onDuty, ticketed }: ReadFacts): Verdict {
  switch (reader.kind) {
    case "system":
    case "self":
      return yes;
    case "staff":
      if (reader.serves && onDuty) return yes;
      if (!reader.views) return no("ROLE_MAY_NOT_READ");
      return ticketed ? yes : no("TICKET_REQUIRED");
    default:
      return no("ROLE_MAY_NOT_READ");
  }
}
