import type { Context, StaffActor } from "../../core/context.ts";
import { type NoticeKey, noticeKeyOf } from "./model.ts";
import { currentNotice } from "./queries.ts";
import * as notices from "./service.ts";

const keys: readonly NoticeKey[] = [
  "general",
  "child",
  noticeKeyOf("swim_preparation"),
  noticeKeyOf("baby_recommendation"),
];

/** Publishes the demo brand's notices as the system drafts them: each drafted, reviewed by another, and published. */
export async function seedDemoNotices(
  drafter: Context<StaffActor>,
  reviewer: Context<StaffActor>,
  publisher: Context<StaffActor>,
): Promise<void> {
  for (const key of keys) {
    const { contentHash } = await notices.draft(drafter, { key });
    await notices.review(reviewer, { key, contentHash });
    await notices.publish(publisher, { key, contentHash, material: true, reason: "首次发布" });
  }
}

/** A next version that waits for a second person: it says when somebody answers. */
export async function draftNextDemoNotice(drafter: Context<StaffActor>): Promise<void> {
  const key: NoticeKey = "general";
  const current = await currentNotice(drafter.db, key);
  if (current === null) throw new Error("the demo notices come first");
  const { contentHash } = await notices.draft(drafter, { key });
  const sections = current.content.sections.map((section) =>
    section.element === "contact"
      ? {
          ...section,
          body: {
            "zh-CN": `${section.body["zh-CN"]}\n工作日 9:00–18:00 有人答复。`,
            en: `${section.body.en}\nSomebody answers on working days, 9:00–18:00.`,
          },
        }
      : section,
  );
  await notices.save(drafter, { key, editing: contentHash, content: { ...current.content, sections } });
}
