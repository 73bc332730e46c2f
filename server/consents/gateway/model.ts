import { z } from "zod";
import { type Id, idSchema } from "../../core/id.ts";
import { FieldKey } from "../fields/model.ts";
import { PurposeCode } from "../model.ts";

export type TicketId = Id<"readTicket">;

/** Where the steps of a read may stop it, in the order in which they are checked (each a refusal code below). */
export const readSteps = [
  "actor",
  "purpose",
  "fields",
  "activity",
  "assessment",
  "grant",
  "guardian",
  "restriction",
  "destination",
  "role",
  "retention",
] as const;
export type ReadStep = (typeof readSteps)[number];

export const ticketStates = ["requested", "approved", "declined"] as const;
export type TicketState = (typeof ticketStates)[number];
/** How long an approved ticket opens what it names. */
export const TICKET_MS = 30 * 60_000;
/** How long a request waits for a second person. */
export const TICKET_WAIT_MS = 3 * 24 * 3_600_000;

export const RequestTicket = z.strictObject({
  memberId: idSchema<"member">(),
  childId: idSchema<"child">().nullable(),
  purpose: PurposeCode,
  fields: z.array(FieldKey).min(1).max(20),
  reason: z.string().trim().min(6).max(200),
});
export type RequestTicket = z.infer<typeof RequestTicket>;
export const DecideTicket = z.strictObject({ ticketId: idSchema<"readTicket">(), approve: z.boolean() });
export type DecideTicket = z.infer<typeof DecideTicket>;
export const OneTicket = z.strictObject({ ticketId: idSchema<"readTicket">() });
export const RestrictPurpose = z.strictObject({ purpose: PurposeCode, restricted: z.boolean() });
export type RestrictPurpose = z.infer<typeof RestrictPurpose>;

/** Counts of fewer people than this are not shown. */
export const COUNT_FLOOR = 20;

export const refusalCodes = [
  "ACTOR_UNKNOWN",
  "FIELD_NOT_IN_PURPOSE",
  "ACTIVITY_NOT_ACTIVE",
  "ASSESSMENT_MISSING",
  "SEPARATE_CONSENT_REQUIRED",
  "CONSENT_STALE",
  "PROCESSING_RESTRICTED",
  "TRANSFER_REFUSED",
  "RECIPIENT_NOT_CONSENTED",
  "ROLE_MAY_NOT_READ",
  "TICKET_REQUIRED",
  "TICKET_NOT_FOUND",
  "TICKET_DECIDED",
  "TICKET_OWN",
  "TICKET_OVER",
  "RETENTION_OVER",
] as const;
