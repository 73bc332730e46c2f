import type { MemberId } from "../../core/id.ts";
import { no, type Verdict, yes } from "../../core/refusal.ts";
import { startOfBusinessDay } from "../../core/time.ts";
import type { FieldKey } from "../fields/model.ts";
import type { GuardianRelationId } from "../model.ts";
import { AGE_OF_OWN_CONSENT, type RelationState } from "./model.ts";

/** The field from which a child's age follows. */
export const BIRTH_MONTH: FieldKey = "child.birthMonth";

/** The one guardianship of a child that is not over. */
export type OpenRelation = {
  readonly id: GuardianRelationId;
  readonly memberId: MemberId;
  readonly state: Exclude<RelationState, "ended">;
};

/** Whether this member decides for the child now (PIPL Art. 31). Refuses: GUARDIAN_REQUIRED, GUARDIANSHIP_DISPUTED. */
export function mayDecideFor(relation: OpenRelation | null, memberId: MemberId): Verdict {
  if (relation === null || relation.memberId !== memberId) return no("GUARDIAN_REQUIRED");
  return relation.state === "disputed" ? no("GUARDIANSHIP_DISPUTED") : yes;
}

/**
 * The instant from which a child born in this month (YYYY-MM) may be fourteen: the first day of that month, since the
 * day is not known and a guardian must not decide a day too long.
 */
export function comesOfAge(birthMonth: string): Date {
  const year = Number(birthMonth.slice(0, 4)) + AGE_OF_OWN_CONSENT;
  return startOfBusinessDay(`${String(year).padStart(4, "0")}-${birthMonth.slice(5, 7)}-01`);
}

/** Whether the child may have turned fourteen by then. */
export function isOfAge(birthMonth: string, at: Date): boolean {
  return at >= comesOfAge(birthMonth);
}

/** The letters and digits of a child's code: none that is mistaken for another. `below(n)` draws 0..n-1. */
export function childCode(below: (limit: number) => number): string {
  return Array.from({ length: 8 }, () => CODE_LETTERS[below(CODE_LETTERS.length)]).join("");
}

const CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
