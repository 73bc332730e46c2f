import { z } from "zod";
import { idSchema, type OfferId, type StaffId } from "../../core/id.ts";
import { OfferTerms } from "../kinds/index.ts";
import type { OfferVersionId } from "../model.ts";

/** Names the exact terms that somebody has read: what was changed meanwhile is not approved or published by mistake. */
const TermsHash = z.string().length(43);

export const SaveDraft = z.strictObject({
  /** Null makes a new offer. */
  offerId: idSchema<"offer">().nullable(),
  /** The hash of the draft that was being edited; null when there was none. */
  editing: TermsHash.nullable(),
  terms: OfferTerms,
});
export type SaveDraft = z.infer<typeof SaveDraft>;

export const ApproveDraft = z.strictObject({ offerId: idSchema<"offer">(), termsHash: TermsHash });
export type ApproveDraft = z.infer<typeof ApproveDraft>;

export const PublishDraft = z.strictObject({
  offerId: idSchema<"offer">(),
  termsHash: TermsHash,
  /** Null means at once. */
  effectiveFrom: z.date().nullable(),
});
export type PublishDraft = z.infer<typeof PublishDraft>;

export const RetireOffer = z.strictObject({ offerId: idSchema<"offer">(), at: z.date().nullable() });
export type RetireOffer = z.infer<typeof RetireOffer>;

export type Draft = {
  readonly termsHash: string;
  readonly editors: readonly string[];
  readonly approvedBy: StaffId | null;
  readonly secondApprovedBy: StaffId | null;
};

/** A published version with what is known about its time. */
export type PublishedVersion = {
  readonly id: OfferVersionId;
  readonly offerId: OfferId;
  readonly version: number;
  readonly terms: OfferTerms;
  readonly effectiveFrom: Date;
  readonly retiresAt: Date | null;
  readonly exhaustedAt: Date | null;
};

export const offerStates = ["draft", "scheduled", "live", "ended", "retired"] as const;
export type OfferState = (typeof offerStates)[number];

/** One thing in which two versions differ, as paths into the terms: `conditions.tiers`. */
export type Change = { readonly path: string; readonly before: string | null; readonly after: string | null };
