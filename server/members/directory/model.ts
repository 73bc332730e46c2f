import { z } from "zod";
import { idSchema } from "../../core/id.ts";
import type { Fen } from "../../core/money.ts";
import type { ReservationState } from "../../offers/model.ts";
import type { ClaimState } from "../../orders/claims/model.ts";
import { TierCode } from "../../tiers/model.ts";
import { Phone } from "../model.ts";

export const memberStates = ["active", "closed"] as const;

/** Filters of the member list; all that are given must hold. Newest members come first. */
export const MemberFilter = z.strictObject({
  /** The card number or its first digits. */
  number: z
    .string()
    .regex(/^\d{1,10}$/)
    .optional(),
  tier: TierCode.optional(),
  state: z.enum(memberStates).default("active"),
  joinedFrom: z.date().optional(),
  /** Exclusive. */
  joinedTo: z.date().optional(),
});
export type MemberFilter = z.infer<typeof MemberFilter>;

export const MemberCursor = z.strictObject({ joinedAt: z.date(), id: idSchema<"member">() });
export type MemberCursor = z.infer<typeof MemberCursor>;

export const ListMembers = z.strictObject({
  filter: MemberFilter.prefault({}),
  after: MemberCursor.optional(),
  size: z.int().min(1).max(200).default(50),
});
export type ListMembers = z.infer<typeof ListMembers>;

export const FindByPhone = z.strictObject({ phone: Phone });
export const OneMember = z.strictObject({ memberId: idSchema<"member">() });

/** Events of a member's history before an instant, newest first. */
export const MemberTimeline = OneMember.extend({
  before: z.date().optional(),
  size: z.int().min(1).max(100).default(30),
});
export type MemberTimeline = z.infer<typeof MemberTimeline>;

/** One thing that happened in a membership. `what` picks the sentence; the rest fills it in. */
export type MemberEvent = { readonly id: string; readonly at: Date } & (
  | { readonly what: "joined" | "closed" }
  | { readonly what: "tierChanged"; readonly from: TierCode; readonly to: TierCode }
  | { readonly what: "claimed"; readonly maskedId: string }
  | { readonly what: "claimDecided"; readonly maskedId: string; readonly state: ClaimState }
  | { readonly what: "offerUsed"; readonly state: ReservationState; readonly discountFen: Fen }
  | {
      readonly what: "acted";
      readonly by: "staff" | "member";
      readonly action: string;
      readonly role: string | null;
      readonly purpose: string | null;
      readonly outcome: "done" | "refused";
    }
);

/** Why a phone may be looked at. A closed list: free text would itself become personal data. */
export const revealPurposes = ["memberRequest", "complaint", "fraudCheck", "legalDuty"] as const;

export const RevealPhone = OneMember.extend({ purpose: z.enum(revealPurposes) });
export type RevealPhone = z.infer<typeof RevealPhone>;

/** How many phones one colleague may look at in a day. */
export const REVEALS_PER_DAY = 50;

export const refusalCodes = ["PHONE_NOT_GIVEN"] as const;
