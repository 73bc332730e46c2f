import { z } from "zod";
import { FieldKey } from "../consents/fields/model.ts";
import { PurposeCode } from "../consents/model.ts";
import { type Id, idSchema } from "../core/id.ts";
import { publicText } from "../core/public-text.ts";
import { TierCode } from "../tiers/model.ts";

export type BenefitId = Id<"benefit">;
export type BenefitVersionId = Id<"benefitVersion">;
export type StoreId = Id<"store">;
export type SlotId = Id<"slot">;
export type BookingId = Id<"booking">;
export type BenefitGrantId = Id<"benefitGrant">;
export type RedemptionCodeId = Id<"redemptionCode">;
export type RedemptionId = Id<"redemption">;

/** Calendar periods of Asia/Shanghai in which a quota counts. */
export const quotaPeriods = ["day", "week", "month", "quarter", "year"] as const;
export type QuotaPeriod = (typeof quotaPeriods)[number];

/** A field that a benefit needs, and why: the operator's case for asking, approved by a second person (Art. 6). */
export const BenefitNeed = z.strictObject({
  field: FieldKey,
  necessity: publicText(120),
  /** Only with an approved necessity; otherwise the field is optional and off until the member turns it on. */
  mandatory: z.boolean(),
});
export type BenefitNeed = z.infer<typeof BenefitNeed>;

/**
 * What store staff may see instead of a value: its band in the brand's own table. Of a month the number compared is the
 * age in whole months. The first band whose `below` exceeds the number names the answer; the last has none.
 */
export const Derivation = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]{1,29}$/),
  name: publicText(20),
  field: FieldKey,
  bands: z
    .array(z.strictObject({ below: z.number().min(0).max(1_000_000).nullable(), value: publicText(20) }))
    .min(1)
    .max(30),
});
export type Derivation = z.infer<typeof Derivation>;

/** No two of a list under one name. */
const eachOnce =
  <T>(nameOf: (item: T) => string) =>
  (items: readonly T[]) =>
    new Set(items.map(nameOf)).size === items.length;

/** The public terms of a benefit 权益: which tiers, how often, what it needs. The same for everybody in a tier. */
export const BenefitTerms = z.strictObject({
  title: publicText(30),
  description: publicText(240),
  tiers: z.array(TierCode).min(1).max(12),
  /** Points are never given for personal data: a benefit that gives points may need no field. */
  gives: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("service") }),
    z.strictObject({ kind: z.literal("points"), points: z.int().min(1).max(1_000_000) }),
  ]),
  quota: z.strictObject({
    count: z.int().min(1).max(99),
    period: z.enum(quotaPeriods),
    /** How many unused uses of the period before may be carried into this one; 0 for none. */
    rollover: z.int().min(0).max(99),
  }),
  /** The purpose under whose consent the needed fields are held; null when it needs none. */
  purpose: PurposeCode.nullable(),
  needs: z
    .array(BenefitNeed)
    .max(20)
    .refine(eachOnce<BenefitNeed>(({ field }) => field)),
  derivations: z
    .array(Derivation)
    .max(10)
    .refine(eachOnce<Derivation>(({ key }) => key)),
  /** True: it is used at a booked time; false: whenever the member comes. */
  booked: z.boolean(),
  /** Where it can be used; none means every store. */
  stores: z.array(idSchema<"store">()).max(500),
  window: z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }).nullable() }),
});
export type BenefitTerms = z.infer<typeof BenefitTerms>;

export const benefitStates = ["draft", "live", "ended", "retired"] as const;
export type BenefitState = (typeof benefitStates)[number];

/** Why a benefit cannot be used now; the first that holds is told, with what to do. */
export const lockReasons = [
  "notStarted",
  "over",
  "tierTooLow",
  "consentNeeded",
  "consentStale",
  "valuesMissing",
  "guardianshipDisputed",
  "restricted",
  "quotaSpent",
] as const;
export type LockReason = (typeof lockReasons)[number];

export const bookingStates = ["booked", "cancelled", "redeemed"] as const;
export type BookingState = (typeof bookingStates)[number];
export const codeStates = ["open", "used", "revoked"] as const;
export type CodeState = (typeof codeStates)[number];

/** How long a redemption code can be used. */
export const CODE_MS = 5 * 60_000;
/** When a page that shows a code asks for the next one, so that what is on screen can be used for a while yet. */
export const CODE_RENEWED_MS = 3 * 60_000;
/** Until how long before its start a booking may be cancelled. */
export const CANCEL_BEFORE_MS = 0;

const BenefitHash = z.string().regex(/^[\w-]{43}$/);
export const OneBenefit = z.strictObject({ benefitId: idSchema<"benefit">() });
export const SaveBenefit = z.strictObject({
  /** Null makes a new benefit. */
  benefitId: idSchema<"benefit">().nullable(),
  /** The hash of the draft that was being edited; null when there was none. */
  editing: BenefitHash.nullable(),
  terms: BenefitTerms,
});
export type SaveBenefit = z.infer<typeof SaveBenefit>;
export const OfBenefitDraft = z.strictObject({ benefitId: idSchema<"benefit">(), termsHash: BenefitHash });
export type OfBenefitDraft = z.infer<typeof OfBenefitDraft>;
export const RetireBenefit = OneBenefit.extend({ reason: z.string().trim().min(2).max(200) });
export type RetireBenefit = z.infer<typeof RetireBenefit>;

export const SaveStore = z.strictObject({
  storeId: idSchema<"store">().nullable(),
  name: publicText(30),
  address: publicText(80, 200),
  open: z.boolean(),
});
export type SaveStore = z.infer<typeof SaveStore>;
export const AssignStore = z.strictObject({
  storeId: idSchema<"store">(),
  staffId: idSchema<"staff">(),
  works: z.boolean(),
});
export type AssignStore = z.infer<typeof AssignStore>;

/** Slots of one length, one after the other, on a number of days from `from`. */
export const OpenSlots = z.strictObject({
  benefitId: idSchema<"benefit">(),
  storeId: idSchema<"store">(),
  /** First business day, YYYY-MM-DD. */
  from: z.iso.date(),
  days: z.int().min(1).max(62),
  /** Minutes after midnight, Asia/Shanghai. */
  opens: z.int().min(0).max(1_439),
  minutes: z.int().min(10).max(480),
  /** How many slots follow one another each day. */
  perDay: z.int().min(1).max(48),
  capacity: z.int().min(1).max(500),
});
export type OpenSlots = z.infer<typeof OpenSlots>;

export const Book = z.strictObject({ slotId: idSchema<"slot">(), childId: idSchema<"child">().nullable() });
export type Book = z.infer<typeof Book>;
export const OneBooking = z.strictObject({ bookingId: idSchema<"booking">() });

/** A code for a benefit that needs no booking, or for one booking of today. */
export const ShowCode = z.strictObject({
  benefitId: idSchema<"benefit">(),
  bookingId: idSchema<"booking">().nullable(),
  childId: idSchema<"child">().nullable(),
  /** True when the codes shown before should stop working: somebody else may have seen them. */
  reissue: z.boolean().default(false),
});
export type ShowCode = z.infer<typeof ShowCode>;

/** What the scanner read or somebody typed: the signed text of the QR, or its eight digits with spaces forgiven. */
export const ScannedCode = z
  .string()
  .max(200)
  .transform((typed) => typed.normalize("NFKC").replace(/\s/g, ""))
  .pipe(z.string().regex(/^(\d{8}|EH1\.[\w-]{20,160})$/));
export const LookUpCode = z.strictObject({ code: ScannedCode, storeId: idSchema<"store">() });
export type LookUpCode = z.infer<typeof LookUpCode>;
export const ConfirmCode = z.strictObject({ codeId: idSchema<"redemptionCode">(), storeId: idSchema<"store">() });
export type ConfirmCode = z.infer<typeof ConfirmCode>;

export const GrantBenefit = z.strictObject({
  memberId: idSchema<"member">(),
  benefitId: idSchema<"benefit">(),
  uses: z.int().min(1).max(20),
  /** Shown to the member. */
  reason: z.string().trim().min(2).max(60),
  endsAt: z.date(),
});
export type GrantBenefit = z.infer<typeof GrantBenefit>;
export const RevokeBenefitGrant = z.strictObject({
  benefitGrantId: idSchema<"benefitGrant">(),
  reason: z.string().trim().min(2).max(60),
});
export type RevokeBenefitGrant = z.infer<typeof RevokeBenefitGrant>;
/** Makes every code that the member was shown useless, e.g. because a picture of one went round. */
export const RevokeCodes = z.strictObject({ memberId: idSchema<"member">(), benefitId: idSchema<"benefit">() });
export type RevokeCodes = z.infer<typeof RevokeCodes>;

export const refusalCodes = [
  "BENEFIT_NOT_FOUND",
  "BENEFIT_CHANGED",
  "BENEFIT_UNCHANGED",
  "BENEFIT_RETIRED",
  "BENEFIT_NOT_APPROVED",
  "BENEFIT_SELF_APPROVAL",
  "BENEFIT_TIER_UNKNOWN",
  "BENEFIT_PURPOSE_MISSING",
  "BENEFIT_FIELD_OUTSIDE_PURPOSE",
  "BENEFIT_MANDATORY_UNFOUNDED",
  "BENEFIT_DERIVATION_WRONG",
  "POINTS_FOR_PERSONAL_DATA",
  "BENEFIT_LOCKED",
  "BENEFIT_NOT_BOOKED",
  "BENEFIT_WITHOUT_SLOTS",
  "STORE_NOT_FOUND",
  "STORE_NOT_YOURS",
  "STORE_WRONG",
  "SLOT_NOT_FOUND",
  "SLOT_FULL",
  "SLOT_OVER",
  "SLOTS_TOO_LATE",
  "BOOKING_NOT_FOUND",
  "BOOKING_OVER",
  "BOOKING_TWICE",
  "BOOKING_NOT_TODAY",
  "REDEMPTION_CODE_UNKNOWN",
  "REDEMPTION_CODE_EXPIRED",
  "REDEMPTION_CODE_USED",
  "REDEMPTION_CODE_REVOKED",
  "BENEFIT_GRANT_NOT_FOUND",
  "BENEFIT_GRANT_OVER",
  "BENEFIT_GRANT_END_PAST",
] as const;
