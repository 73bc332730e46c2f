import { z } from "zod";
import { type Id, idSchema } from "../../core/id.ts";
import { publicText } from "../../core/public-text.ts";
import { FieldKey } from "../fields/model.ts";
import { fieldSubjects, PurposeCode, TermsHash } from "../model.ts";

export type AssessmentId = Id<"impactAssessment">;

/** The lawful bases of PIPL Art. 13(1), in the order of its items. */
export const lawfulBases = [
  "consent",
  "contract",
  "legalDuty",
  "emergency",
  "publicInterest",
  "published",
  "otherLaw",
] as const;
export type LawfulBasis = (typeof lawfulBases)[number];

/** What the data is used for. Decides which bases are possible and what else the law asks. */
export const activityUses = [
  "account",
  "order",
  "service",
  "security",
  "recommendation",
  "marketing",
  "analysis",
  "provision",
] as const;
export type ActivityUse = (typeof activityUses)[number];

/** In which form consent is asked: separate (Art. 29), or separate and by the guardian (Art. 31). */
export const consentKinds = ["none", "general", "separate", "guardian"] as const;
export type ConsentKind = (typeof consentKinds)[number];

/** From when the days of keeping a value are counted. `withdrawal`: kept until consent is withdrawn. */
export const retentionTriggers = ["collected", "lastUse", "withdrawal"] as const;
export type RetentionTrigger = (typeof retentionTriggers)[number];

/** In which legal form somebody else handles the data: Art. 21, 20, 23. */
export const recipientRelations = ["entrusted", "joint", "provision"] as const;
export type RecipientRelation = (typeof recipientRelations)[number];

export const Recipient = z.strictObject({
  name: z.string().trim().min(2).max(60),
  contact: z.string().trim().min(3).max(120),
  relation: z.enum(recipientRelations),
  purpose: publicText(120),
  method: publicText(120),
  /** ISO 3166-1 alpha-2; anything but CN is a transfer across the border (Art. 38). */
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type Recipient = z.infer<typeof Recipient>;

export const PurposeField = z.strictObject({
  key: FieldKey,
  /** Why the purpose cannot do without it, for the person to read (Art. 30). */
  necessity: publicText(120),
  /** False: asked by a toggle of its own, off until the person turns it on. */
  mandatory: z.boolean(),
});
export type PurposeField = z.infer<typeof PurposeField>;

/** At most twenty, none twice. */
function distinct<T extends z.ZodType>(one: T, nameOf: (value: z.infer<T>) => string) {
  return z
    .array(one)
    .max(20)
    .refine((all) => new Set(all.map(nameOf)).size === all.length);
}

/** One processing activity 处理活动 and its purpose, as it is recorded, assessed and told (PIPL Art. 17, 30, 55). */
export const ActivityTerms = z.strictObject({
  name: publicText(30),
  /** What for, in one sentence the person understands. */
  purpose: publicText(160),
  use: z.enum(activityUses),
  subject: z.enum(fieldSubjects),
  basis: z.enum(lawfulBases),
  /** The clause of the contract or the article of the law; null for consent. */
  basisDetail: z.string().trim().min(2).max(160).nullable(),
  consentKind: z.enum(consentKinds),
  fields: distinct(PurposeField, ({ key }) => key),
  method: publicText(160),
  retention: z.strictObject({ trigger: z.enum(retentionTriggers), days: z.int().min(0).max(3_650) }),
  storagePlace: publicText(60),
  /** What the processing means for the person; needed where a field is sensitive or of a minor (Art. 30). */
  impact: publicText(240).nullable(),
  /** What saying no means: always less than one thinks. */
  refusal: publicText(160),
  recipients: distinct(Recipient, ({ name }) => name),
  /** True when a program evaluates the person and decides (Art. 73(2)). */
  automatedDecision: z.boolean(),
  systems: z.array(z.string().trim().min(1).max(40)).min(1).max(10),
});
export type ActivityTerms = z.infer<typeof ActivityTerms>;

export const activityStates = ["draft", "active", "suspended", "retired"] as const;
export type ActivityState = (typeof activityStates)[number];

/** The contents of an impact assessment 个人信息保护影响评估 (PIPL Art. 56), each in the assessor's words. */
export const AssessmentContent = z.strictObject({
  /** Purpose and method are lawful, legitimate and necessary. */
  lawfulness: z.string().trim().min(10).max(2_000),
  /** Effect on the person's rights, and the security risks. */
  impactAndRisk: z.string().trim().min(10).max(2_000),
  /** The protective measures are lawful, effective and fit the risk. */
  measures: z.string().trim().min(10).max(2_000),
  risk: z.enum(["low", "medium", "high"]),
});
export type AssessmentContent = z.infer<typeof AssessmentContent>;

/** How long an assessment and its decision are kept at least (days): three years, PIPL Art. 56. */
export const ASSESSMENT_KEPT_DAYS = 3 * 366;

/** Why an activity needs an assessment before it goes live (PIPL Art. 55). */
export const assessmentReasons = ["sensitive", "minor", "automated", "entrusted", "provided", "crossBorder"] as const;
export type AssessmentReason = (typeof assessmentReasons)[number];

export const SaveActivity = z.strictObject({
  code: PurposeCode,
  /** The hash of the draft that was being edited; null when there was none. */
  editing: TermsHash.nullable(),
  terms: ActivityTerms,
});
export type SaveActivity = z.infer<typeof SaveActivity>;

export const OneActivity = z.strictObject({ code: PurposeCode });
export const OfActivityDraft = z.strictObject({ code: PurposeCode, termsHash: TermsHash });
export type OfActivityDraft = z.infer<typeof OfActivityDraft>;
export const SubmitAssessment = OfActivityDraft.extend({ content: AssessmentContent });
export type SubmitAssessment = z.infer<typeof SubmitAssessment>;
export const DecideAssessment = z.strictObject({
  assessmentId: idSchema<"impactAssessment">(),
  approve: z.boolean(),
  note: z.string().trim().max(400),
});
export type DecideAssessment = z.infer<typeof DecideAssessment>;
export const MoveActivity = z.strictObject({
  code: PurposeCode,
  to: z.enum(["active", "suspended", "retired"]),
  reason: z.string().trim().min(2).max(200),
});
export type MoveActivity = z.infer<typeof MoveActivity>;

export const refusalCodes = [
  "ACTIVITY_NOT_FOUND",
  "ACTIVITY_CHANGED",
  "ACTIVITY_UNCHANGED",
  "ACTIVITY_STATE",
  "BASIS_INVALID",
  "BASIS_DETAIL_MISSING",
  "CONSENT_KIND_INVALID",
  "IMPACT_MISSING",
  "SUBJECT_MIXED",
  "RETENTION_UNBOUNDED",
  "RECIPIENT_VAGUE",
  "JOINT_ONE_SIDED",
  "TRANSFER_NOT_REGISTERED",
  "ASSESSMENT_REQUIRED",
  "ASSESSMENT_NOT_FOUND",
  "ASSESSMENT_DECIDED",
  "SECOND_PERSON_REQUIRED",
] as const;
