import type { PublicText } from "../../../core/public-text.ts";
import type { FieldDefinition, FieldKey } from "../../fields/model.ts";
import {
  type FrozenPurpose,
  type Handler,
  type NoticeContent,
  type NoticeElement,
  type NoticeKind,
  noticeElements,
} from "../model.ts";
import { requiredElements } from "../rules.ts";
import { chinese } from "./chinese.ts";
import { english } from "./english.ts";

/**
 * A notice written from the terms alone, in both languages. A section that has nothing true to say is left out unless
 * the law requires it; then it stays empty, for its author to fill.
 */
export function draftContent(
  kind: NoticeKind,
  purposes: readonly FrozenPurpose[],
  definitions: ReadonlyMap<FieldKey, FieldDefinition>,
  handler: Handler,
): NoticeContent {
  const facts = { kind, purposes: purposes.map(({ terms }) => terms), definitions, handler };
  const required = requiredElements(kind, purposes, definitions);
  return {
    title: { "zh-CN": chinese.title(facts), en: english.title(facts) },
    short: { "zh-CN": chinese.short(facts).join("\n"), en: english.short(facts).join("\n") },
    sections: noticeElements
      .map((element) => ({
        element,
        heading: headingOf(element),
        body: {
          "zh-CN": chinese.sections[element].body(facts).join("\n"),
          en: english.sections[element].body(facts).join("\n"),
        },
      }))
      .filter(({ element, body }) => required.includes(element) || body["zh-CN"] !== ""),
  };
}

/** The heading under which an element is drafted. */
export function headingOf(element: NoticeElement): PublicText {
  return { "zh-CN": chinese.sections[element].heading, en: english.sections[element].heading };
}
