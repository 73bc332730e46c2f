import { z } from "zod";
import { idSchema } from "../../core/id.ts";
import { FieldKey, FieldValue } from "../fields/model.ts";
import { consentChannels, PurposeOf } from "../model.ts";

/** What an event of the consent ledger does. Members grant, refuse and withdraw; the rest follows from time and law. */
export const consentActions = ["grant", "refuse", "withdraw", "supersede", "expire", "invalidate"] as const;
export type ConsentAction = (typeof consentActions)[number];

export const grantStates = ["granted", "refused", "withdrawn", "superseded", "expired", "invalidated"] as const;
export type GrantState = (typeof grantStates)[number];

/** Why an event happened that no member asked for. */
export const consentReasons = [
  "noticeChanged",
  "retentionOver",
  "holdOver",
  "childOfAge",
  "guardianshipEnded",
  "childRemoved",
  "activityRetired",
  "backupRestored",
] as const;
export type ConsentReason = (typeof consentReasons)[number];

/** How long values wait, unreadable, for a new consent after a material change (days): storage only, then erased. */
export const RECONSENT_DAYS = 30;
/** How long a shown notice may be answered. */
export const SERVED_MS = 24 * 3_600_000;

export const Serve = PurposeOf.extend({
  channel: z.enum(consentChannels).default("portal"),
});
export type Serve = z.infer<typeof Serve>;

/** A value given with a consent, or later under it. */
export const GivenValue = FieldValue.extend({ key: FieldKey });
export type GivenValue = z.infer<typeof GivenValue>;

/** An unticked 同意: the event shown, and the values it is for. Optional fields are those of toggles turned on. */
export const Grant = z.strictObject({
  servedId: idSchema<"servedEvent">(),
  /** The guardian's statement, unticked until the person ticks it; needed for a child's purpose. */
  guardian: z.boolean(),
  values: z.array(GivenValue).max(20),
});
export type Grant = z.infer<typeof Grant>;

export const Refuse = z.strictObject({ servedId: idSchema<"servedEvent">() });
export type Refuse = z.infer<typeof Refuse>;
export const Withdraw = PurposeOf;
export type Withdraw = z.infer<typeof Withdraw>;
export const CorrectValues = PurposeOf.extend({ values: z.array(GivenValue).min(1).max(20) });
export type CorrectValues = z.infer<typeof CorrectValues>;

/** Where one consent stands, as everything that depends on it asks. */
export type ConsentStanding = {
  /** `stale`: given, but under a notice that has changed materially since. */
  readonly state: "none" | "granted" | "refused" | "withdrawn" | "stale" | "expired" | "invalidated";
  /** The fields that the consent covers; none unless granted. */
  readonly fields: readonly FieldKey[];
  /** Those of them with a value that may still be kept. */
  readonly valued: readonly FieldKey[];
  /** Whether the guardianship it rests on is disputed or over. */
  readonly disputed: boolean;
  readonly restricted: boolean;
};

export const refusalCodes = [
  "PURPOSE_UNKNOWN",
  "SERVED_NOT_FOUND",
  "SERVED_STALE",
  "SERVED_ANSWERED",
  "NOTICE_SUPERSEDED",
  "CONSENT_NOT_ASKED",
  "GUARDIAN_STATEMENT_MISSING",
  "VALUE_MISSING",
  "GRANT_NOT_FOUND",
  "MEMBER_ONLY",
] as const;
