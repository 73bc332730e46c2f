import { z } from "zod";
import { type Id, idSchema, type MemberId } from "../core/id.ts";

export type AuditEntryId = Id<"auditEntry">;

/** Impersonal facts about an act: counts, versions, codes. Never a name, number or free text about a person. */
export type Detail = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Every action that the log may hold: `capability.verb`, the words of the permission. Each has its name under
 * `actions` in the `audit` catalogues, so that no entry is ever shown as a code.
 */
export const actions = [
  "member.join",
  "member.signIn",
  "member.signOut",
  "member.signOutElsewhere",
  "member.addPasskey",
  "member.removePasskey",
  "member.addPhone",
  "member.removePhone",
  "member.sendCode",
  "member.checkCode",
  "member.findByPhone",
  "member.reveal",
  "key.rotate",
  "key.rewrap",
  "tier.draft",
  "tier.edit",
  "tier.approve",
  "tier.publish",
  "tier.assign",
  "tier.decide",
  "tier.change",
  "points.propose",
  "points.publish",
  "points.deduct",
  "offer.draft",
  "offer.approve",
  "offer.publish",
  "offer.retire",
  "offer.makeCodes",
  "offer.arrangeShowcase",
  "offer.reserve",
  "offer.redeem",
  "offer.release",
  "order.import",
  "order.import.confirm",
  "order.import.cancel",
  "order.import.finish",
  "order.import.stop",
  "order.import.resume",
  "order.declare",
  "order.undo",
  "order.undo.finish",
  "order.rejects",
  "order.rejects.discard",
  "order.mapping.save",
  "order.mapping.rename",
  "order.mapping.delete",
  "order.purge",
  "order.dial",
  "order.findByTail",
  "order.view.save",
  "order.view.rename",
  "order.view.delete",
  "order.export",
  "order.export.begin",
  "order.export.finish",
  "claim.unclaim",
  "claim.letGo",
  "claim.submit",
  "claim.grant",
  "claim.decide",
  "field.add",
  "field.read",
  "field.count",
  "field.disclose",
  "activity.draft",
  "activity.assess",
  "activity.decide",
  "activity.move",
  "notice.draft",
  "notice.review",
  "notice.publish",
  "consent.grant",
  "consent.refuse",
  "consent.withdraw",
  "consent.supersede",
  "consent.expire",
  "consent.invalidate",
  "consent.correct",
  "consent.restrict",
  "consent.dispose",
  "consent.rebuild",
  "child.add",
  "child.remove",
  "guardianship.dispute",
  "guardianship.decide",
  "ticket.request",
  "ticket.decide",
  "retention.run",
  "benefit.draft",
  "benefit.approve",
  "benefit.publish",
  "benefit.retire",
  "benefit.grant",
  "benefit.revoke",
  "benefit.openSlots",
  "benefit.book",
  "benefit.cancelBooking",
  "benefit.revokeCodes",
  "benefit.redeem",
  "store.save",
  "store.assign",
  "staff.invite",
  "staff.withdrawInvitation",
  "staff.join",
  "staff.signIn",
  "staff.signOut",
  "staff.signOutElsewhere",
  "staff.stepUp",
  "staff.changePassword",
  "staff.addFactor",
  "staff.removeFactor",
  "staff.resetFactors",
  "staff.assign",
  "staff.suspend",
  "staff.reinstate",
  "apiKey.create",
  "apiKey.revoke",
  "apiKey.refuse",
  "audit.requestVerification",
  "audit.verify",
  "limit.reach",
] as const;
export type AuditAction = (typeof actions)[number];

export const actorKinds = ["staff", "member", "apiKey", "system", "visitor"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** One line of the log, as it is hashed and shown. */
export type Entry = {
  readonly id: AuditEntryId;
  readonly at: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly role: string | null;
  readonly action: string;
  readonly purpose: string | null;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly memberId: MemberId | null;
  readonly requestId: string;
  readonly outcome: "done" | "refused";
  readonly detail: Detail;
  readonly commitment: Uint8Array | null;
};

/** What verification may find. `seq` counts leaves from 0. */
export const problemKinds = [
  /** The entry does not hash to its leaf. */
  "entryEdited",
  /** A leaf stands for an entry that is gone, or a waiting entry is gone. */
  "entryRemoved",
  /** An entry that never came through the front door: it has no leaf and waits for none. */
  "entryInserted",
  /** A number of the sequence has no leaf. */
  "leafMissing",
  /** Leaves beyond the last signed checkpoint. */
  "leafInserted",
  /** The leaves do not give the root that was signed: leaves were edited, swapped or removed. */
  "rootMismatch",
  /** A stored subtree root or right edge does not follow from the leaves. */
  "nodeMismatch",
  /** A checkpoint is not what its columns say, or is no signed note at all. */
  "checkpointEdited",
  /** A checkpoint is not signed by the log's key. */
  "signatureWrong",
  /** A checkpoint does not name the one before it. */
  "chainBroken",
  /** A checkpoint that left the database is not in it any more: truncated or rolled back. */
  "rolledBack",
  /** Two different signed checkpoints for one size. */
  "forked",
  /** A checkpoint file holds something that is no signed note. */
  "fileUnreadable",
] as const;
export type ProblemKind = (typeof problemKinds)[number];

export type Problem = { readonly kind: ProblemKind; readonly seq?: number; readonly entryId?: AuditEntryId };

/** The result of recomputing the whole log. Hashes are base64. */
export type Verification = {
  readonly ok: boolean;
  readonly entries: number;
  readonly sealed: number;
  readonly unsealed: number;
  readonly size: number;
  readonly root: string;
  readonly checkpoints: number;
  readonly problems: readonly Problem[];
};

/** Filters of the entry list; all that are given must hold. */
export const EntryFilter = z.strictObject({
  action: z.string().max(64).optional(),
  actorKind: z.enum(actorKinds).optional(),
  actorId: z.string().max(64).optional(),
  subjectId: z.string().max(64).optional(),
  memberId: idSchema<"member">().optional(),
  from: z.date().optional(),
  /** Exclusive. */
  to: z.date().optional(),
});
export type EntryFilter = z.infer<typeof EntryFilter>;

/** A place in a list ordered by (at, id), newest first. */
export const EntryCursor = z.strictObject({ at: z.date(), id: idSchema<"auditEntry">() });
export type EntryCursor = z.infer<typeof EntryCursor>;

export const ListEntries = z.strictObject({
  filter: EntryFilter.default({}),
  after: EntryCursor.optional(),
  size: z.int().min(1).max(200).default(50),
});
export type ListEntries = z.infer<typeof ListEntries>;

export const OneEntry = z.strictObject({ entryId: idSchema<"auditEntry">() });

export const refusalCodes = ["AUDIT_ENTRY_NOT_FOUND"] as const;
