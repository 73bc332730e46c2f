import { z } from "zod";
import { type Id, idSchema, type MemberId } from "../core/id.ts";

export type ActivityId = Id<"activity">;
export type NoticeVersionId = Id<"noticeVersion">;
export type ServedId = Id<"servedEvent">;
export type ConsentEventId = Id<"consentEvent">;
export type GrantId = Id<"grant">;
export type ChildId = Id<"child">;
export type GuardianRelationId = Id<"guardianRelation">;

/** A purpose's stable name, such as "swim_preparation". It is the code of its one processing activity. */
export const PurposeCode = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
export type PurposeCode = z.infer<typeof PurposeCode>;

/** Whose datum it is: the member's own, or that of a child of whom the member is a guardian. */
export const fieldSubjects = ["member", "child"] as const;
export type FieldSubject = (typeof fieldSubjects)[number];

/** Of whom values are read or written: a member, or one child of theirs. */
export type Subject = { readonly memberId: MemberId; readonly childId: ChildId | null };

/** Where a consent was given: the surface the person used. */
export const consentChannels = ["portal", "miniProgram", "store"] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/** SHA-256 of canonical JSON, base64url: names exact terms that somebody has read. */
export const TermsHash = z.string().regex(/^[\w-]{43}$/);

export const OnePurpose = z.strictObject({ purpose: PurposeCode });
export const OneChild = z.strictObject({ childId: idSchema<"child">() });
/** A purpose, and for a child's purpose the child. */
export const PurposeOf = z.strictObject({ purpose: PurposeCode, childId: idSchema<"child">().nullable() });
export type PurposeOf = z.infer<typeof PurposeOf>;
