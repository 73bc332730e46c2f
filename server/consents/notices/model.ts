import { z } from "zod";
import { publicText } from "../../core/public-text.ts";
import type { Site } from "../../core/site.ts";
import type { ActivityTerms } from "../activities/model.ts";
import { type NoticeVersionId, type PurposeCode, PurposeCode as PurposeCodeSchema, TermsHash } from "../model.ts";

/** The general notice 隐私政策, the children's rules 儿童个人信息保护规则, and one enhanced notice 增强告知 a purpose. */
export const noticeKinds = ["general", "child", "enhanced"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** `general`, `child`, or `enhanced:<purpose>`: what the versions of one notice share. */
export const NoticeKey = z.string().regex(/^(general|child|enhanced:[a-z][a-z0-9_]{1,39})$/);
export type NoticeKey = z.infer<typeof NoticeKey>;

/**
 * What a notice must say, in the order in which one reads it: PIPL Art. 17 and 30; for children the
 * 儿童个人信息网络保护规定 Art. 8–10.
 */
export const noticeElements = [
  "handler",
  "contact",
  "purpose",
  "fields",
  "necessity",
  "impact",
  "method",
  "retention",
  "storagePlace",
  "recipients",
  "refusal",
  "withdrawal",
  "rights",
  "guardian",
  "complaint",
] as const;
export type NoticeElement = (typeof noticeElements)[number];

export const NoticeContent = z.strictObject({
  title: publicText(60),
  /** The first layer: what one reads before deciding. */
  short: publicText(800, 1_600),
  /** Each element in a section of its own. */
  sections: z
    .array(
      z.strictObject({
        element: z.enum(noticeElements),
        heading: publicText(40),
        /** May be left empty in a draft; publishing then names it. Paragraphs are separated by line breaks. */
        body: z.strictObject({ "zh-CN": z.string().trim().max(20_000), en: z.string().trim().max(40_000) }),
      }),
    )
    .min(1)
    .refine((sections) => new Set(sections.map(({ element }) => element)).size === sections.length),
});
export type NoticeContent = z.infer<typeof NoticeContent>;

/** A purpose as a notice version froze it. */
export type FrozenPurpose = { readonly code: PurposeCode; readonly version: number; readonly terms: ActivityTerms };

/** A published version: never changed, superseded by the next of its key. */
export type NoticeVersion = {
  readonly id: NoticeVersionId;
  readonly key: NoticeKey;
  readonly kind: NoticeKind;
  readonly version: number;
  readonly content: NoticeContent;
  readonly purposes: readonly FrozenPurpose[];
  /** SHA-256 over key, version, content and purposes in canonical JSON, hexadecimal. */
  readonly hash: string;
  readonly publishedAt: Date;
};

/** One thing in which two versions differ. `path` such as `purposes.swim_preparation.fields.child.weight`. */
export type NoticeChange = { readonly path: string; readonly before: string | null; readonly after: string | null };

/** What is missing for publishing, named so that the editor can lead there. */
export type NoticeGap = {
  readonly element: NoticeElement;
  readonly locale: "zh-CN" | "en";
  /** The field or recipient that the section does not name; null when the section itself is missing or empty. */
  readonly name: string | null;
};

/** Who answers for the processing, as a notice names them (PIPL Art. 17(1)(1), 52). */
export type Handler = Pick<Site, "brand" | "operator" | "privacyContact">;

export const OneNotice = z.strictObject({ key: NoticeKey });
/** Starts or renews a draft from the catalogue and the activities as they are now. */
export const DraftNotice = z.strictObject({ key: NoticeKey });
export type DraftNotice = z.infer<typeof DraftNotice>;
export const SaveNotice = z.strictObject({ key: NoticeKey, editing: TermsHash, content: NoticeContent });
export type SaveNotice = z.infer<typeof SaveNotice>;
export const ReviewNotice = z.strictObject({ key: NoticeKey, contentHash: TermsHash });
export type ReviewNotice = z.infer<typeof ReviewNotice>;
export const PublishNotice = ReviewNotice.extend({
  /** Whether it changes something the person decided on: earlier consents are then stale (Art. 14(2)). */
  material: z.boolean(),
  /** Why it does or does not: a recorded decision. */
  reason: z.string().trim().min(4).max(400),
});
export type PublishNotice = z.infer<typeof PublishNotice>;
/** For the public: the newest version, or one of the past. */
export const ReadNotice = z.strictObject({ key: NoticeKey, version: z.int().min(1).optional() });

export const noticeKeyOf = (purpose: PurposeCode): NoticeKey => `enhanced:${PurposeCodeSchema.parse(purpose)}`;

/** The kind that a key begins with. */
export function kindOf(key: NoticeKey): NoticeKind {
  return noticeKinds.find((kind) => kind === key.split(":")[0]) ?? "enhanced";
}

/** The purpose of an enhanced notice; null for the other two. */
export function purposeOf(key: NoticeKey): PurposeCode | null {
  return key.split(":")[1] ?? null;
}

/** A key as a part of an address, and back; null where there cannot be such a notice. */
export const slugOf = (key: NoticeKey): string => key.replace(":", "~");
export function keyOfSlug(slug: string): NoticeKey | null {
  const key = NoticeKey.safeParse(slug.replace("~", ":"));
  return key.success ? key.data : null;
}

export const refusalCodes = [
  "NOTICE_NOT_FOUND",
  "NOTICE_DRAFT_NOT_FOUND",
  "NOTICE_CHANGED",
  "NOTICE_UNCHANGED",
  "NOTICE_INCOMPLETE",
  "NOTICE_NOT_REVIEWED",
  "NOTICE_UNASSESSED",
  "NOTICE_OWN_REVIEW",
  "NOTICE_MATERIAL",
  "PURPOSE_NOT_ACTIVE",
] as const;
