import { sql } from "drizzle-orm";
import type { FrozenPurpose, NoticeContent, NoticeKey, NoticeKind } from "#server/consents/notices/model.ts";
import type { Id } from "#server/core/id.ts";
import { appendOnly, check, flag, id, index, instant, integer, json, table, text, uniqueIndex } from "../columns.ts";
import { staff } from "./staff.ts";

/** Notices in the making: one draft at most for each. */
export const noticeDrafts = table(
  "notice_drafts",
  {
    key: text<NoticeKey>().primaryKey(),
    kind: text<NoticeKind>().notNull(),
    content: json<NoticeContent>().notNull(),
    contentHash: text().notNull(),
    editors: json<readonly Id<"staff">[]>().notNull(),
    savedBy: id<"staff">()
      .notNull()
      .references(() => staff.id),
    savedAt: instant().notNull(),
    reviewedBy: id<"staff">().references(() => staff.id),
    reviewedAt: instant(),
  },
  (t) => [
    index("notice_drafts_saved").on(t.savedBy),
    index("notice_drafts_reviewed").on(t.reviewedBy),
    check("notice_drafts_two_people", sql`${t.reviewedBy} is null or ${t.reviewedBy} <> ${t.savedBy}`),
  ],
);

/** Published notices, word for word, with the purposes they told of frozen beside them (promise 3). */
export const noticeVersions = appendOnly(
  table(
    "notice_versions",
    {
      id: id<"noticeVersion">().primaryKey(),
      key: text<NoticeKey>().notNull(),
      kind: text<NoticeKind>().notNull(),
      version: integer().notNull(),
      content: json<NoticeContent>().notNull(),
      purposes: json<readonly FrozenPurpose[]>().notNull(),
      hash: text().notNull(),
      material: flag().notNull(),
      materialReason: text().notNull(),
      draftedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      reviewedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      publishedBy: id<"staff">()
        .notNull()
        .references(() => staff.id),
      publishedAt: instant().notNull(),
    },
    (t) => [
      uniqueIndex("notice_versions_version").on(t.key, t.version),
      index("notice_versions_drafted").on(t.draftedBy),
      index("notice_versions_reviewed").on(t.reviewedBy),
      index("notice_versions_published").on(t.publishedBy),
      check("notice_versions_two_people", sql`${t.reviewedBy} <> ${t.draftedBy}`),
    ],
  ),
);
