"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Card } from "#app/ui/card.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { useUnsaved } from "#app/ui/use-unsaved.ts";
import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";
import { headingOf } from "#server/consents/notices/drafting/rules.ts";
import {
  type FrozenPurpose,
  NoticeContent,
  type NoticeElement,
  type NoticeKey,
  type NoticeKind,
  noticeElements,
  slugOf,
} from "#server/consents/notices/model.ts";
import { gaps, requiredElements } from "#server/consents/notices/rules.ts";
import { AddSection } from "./add-section.tsx";
import { useGapText } from "./gap-text.ts";
import { SectionFields, TextPair } from "./section-fields.tsx";

/** Edits the words of a draft; what is still missing is said at each section while one writes. */
export function DraftEditor({
  noticeKey,
  kind,
  editing,
  initial,
  purposes,
  definitions,
}: {
  noticeKey: NoticeKey;
  kind: NoticeKind;
  editing: string;
  initial: NoticeContent;
  purposes: readonly FrozenPurpose[];
  definitions: ReadonlyMap<FieldKey, FieldDefinition>;
}) {
  const t = useTranslations("notices");
  const router = useRouter();
  const gapText = useGapText();
  const required = requiredElements(kind, purposes, definitions);
  const [start] = useState(() => required.reduce(withSection, initial));
  const [content, setContent] = useState(start);
  useUnsaved(content !== start);
  const form = useSubmit({
    send: () => trpc.consents.notices.save.mutate({ key: noticeKey, editing, content: NoticeContent.parse(content) }),
    done: () => {
      toast(t("editor.saved"));
      setContent(start);
      router.push(`/desk/notices/${slugOf(noticeKey)}`);
      router.refresh();
    },
  });
  const missing = gaps(kind, content, purposes, definitions);
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <Card title={t("editor.head")}>
        <div className="grid gap-3">
          <TextPair
            form={form}
            name="title"
            label={(language) => t("editor.name", { language })}
            value={content.title}
            onChange={(title) => setContent((before) => ({ ...before, title }))}
          />
          <TextPair
            form={form}
            name="short"
            label={(language) => t("editor.short", { language })}
            hint={t("editor.shortHint")}
            rows={6}
            value={content.short}
            onChange={(short) => setContent((before) => ({ ...before, short }))}
          />
        </div>
      </Card>
      {content.sections.map((section, index) => (
        <SectionFields
          key={section.element}
          form={form}
          name={`sections.${index}`}
          section={section}
          missing={missing.filter(({ element }) => element === section.element).map(gapText)}
          onChange={(changed) =>
            setContent((before) => ({ ...before, sections: before.sections.with(index, changed) }))
          }
          onRemove={
            required.includes(section.element)
              ? undefined
              : () => setContent((before) => ({ ...before, sections: before.sections.toSpliced(index, 1) }))
          }
        />
      ))}
      <AddSection
        elements={noticeElements.filter((element) => !content.sections.some((section) => section.element === element))}
        onAdd={(element) => setContent((before) => withSection(before, element))}
      />
      <div className="sticky bottom-0 flex items-center justify-end gap-3 border-t border-line bg-canvas py-3">
        <p aria-live="polite" className="me-auto text-sm text-ink-2">
          {missing.length === 0 ? t("detail.complete") : t("detail.gaps", { count: missing.length })}
        </p>
        <SubmitButton form={form}>{t("editor.save")}</SubmitButton>
      </div>
    </form>
  );
}

/** The content with a section about an element, in its place: a new one is empty. */
function withSection(content: NoticeContent, element: NoticeElement): NoticeContent {
  if (content.sections.some((section) => section.element === element)) return content;
  const added = { element, heading: headingOf(element), body: { "zh-CN": "", en: "" } };
  const place = (one: { readonly element: NoticeElement }) => noticeElements.indexOf(one.element);
  return { ...content, sections: [...content.sections, added].sort((a, b) => place(a) - place(b)) };
}
