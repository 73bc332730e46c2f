import { z } from "zod";
import { type Id, idSchema } from "../../core/id.ts";

/** PIPL Art. 31: until this birthday a guardian decides. */
export const AGE_OF_OWN_CONSENT = 14;
export const MAX_CHILDREN = 6;

export const relationKinds = ["parent", "otherGuardian"] as const;
export type RelationKind = (typeof relationKinds)[number];
export const relationMethods = ["selfDeclared", "verified"] as const;
export type RelationMethod = (typeof relationMethods)[number];
export const relationStates = ["active", "disputed", "ended"] as const;
export type RelationState = (typeof relationStates)[number];
export const caseStates = ["open", "upheld", "ended"] as const;
export type CaseState = (typeof caseStates)[number];
export type GuardianCaseId = Id<"guardianCase">;

/** The statement is ticked by the person, never for them. */
export const AddChild = z.strictObject({ relation: z.enum(relationKinds), statement: z.literal(true) });
export type AddChild = z.infer<typeof AddChild>;

/** The eight characters that a guardian sees beside a child, by which another guardian names it. */
export const ChildCode = z
  .string()
  .max(24)
  .transform((typed) => typed.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase())
  .pipe(z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/));

export const disputeReasons = ["alsoGuardian", "notGuardian", "other"] as const;
export type DisputeReason = (typeof disputeReasons)[number];
export const DisputeGuardianship = z.strictObject({ code: ChildCode, reason: z.enum(disputeReasons) });
export type DisputeGuardianship = z.infer<typeof DisputeGuardianship>;
export const OpenCase = z.strictObject({ relationId: idSchema<"guardianRelation">(), reason: z.enum(disputeReasons) });
export type OpenCase = z.infer<typeof OpenCase>;
export const DecideCase = z.strictObject({
  caseId: idSchema<"guardianCase">(),
  /** True: the guardian stays; false: the relation and every consent under it end. */
  uphold: z.boolean(),
  note: z.string().trim().min(4).max(400),
});
export type DecideCase = z.infer<typeof DecideCase>;

export const refusalCodes = [
  "CHILD_NOT_FOUND",
  "CHILD_LIMIT",
  "CHILD_OF_AGE",
  "GUARDIAN_REQUIRED",
  "GUARDIANSHIP_DISPUTED",
  "GUARDIANSHIP_OWN",
  "CASE_NOT_FOUND",
  "CASE_DECIDED",
] as const;
