import { no, type Verdict, yes } from "../../core/refusal.ts";
import { isMaterial, termsDiff } from "../activities/changes/rules.ts";
import type { FieldDefinition, FieldKey } from "../fields/model.ts";
import type { PurposeCode } from "../model.ts";
import {
  type FrozenPurpose,
  type NoticeChange,
  type NoticeContent,
  type NoticeElement,
  type NoticeGap,
  type NoticeKind,
  type NoticeVersion,
  noticeElements,
} from "./model.ts";

type Definitions = ReadonlyMap<FieldKey, FieldDefinition>;
/** What a version tells: its words, and the purposes as they then were. */
export type Told = Pick<NoticeVersion, "content" | "purposes">;
type Locale = "zh-CN" | "en";

const locales = ["zh-CN", "en"] as const satisfies readonly Locale[];
/** What every notice says: PIPL Art. 17(1), and Art. 15 on withdrawal. */
const always: readonly NoticeElement[] = [
  "handler",
  "contact",
  "purpose",
  "method",
  "fields",
  "retention",
  "rights",
  "withdrawal",
];
/** What is said besides where a child is concerned: 儿童个人信息网络保护规定 Art. 8–10. */
const ofChildren: readonly NoticeElement[] = ["guardian", "storagePlace", "refusal", "complaint"];

/** The elements without which a notice of these purposes may not be published (PIPL Art. 17, 23, 30, 31). */
export function requiredElements(
  kind: NoticeKind,
  purposes: readonly FrozenPurpose[],
  definitions: Definitions,
): NoticeElement[] {
  const terms = purposes.map((purpose) => purpose.terms);
  const isSensitive = terms.some(({ fields }) => fields.some(({ key }) => definitions.get(key)?.class !== "general"));
  const required = new Set<NoticeElement>([
    ...always,
    ...(kind === "enhanced" && terms.some(({ fields }) => fields.length > 0) ? (["necessity"] as const) : []),
    ...(isSensitive ? (["necessity", "impact"] as const) : []),
    ...(terms.some(({ recipients }) => recipients.length > 0) ? (["recipients"] as const) : []),
    ...(terms.some(({ basis }) => basis === "consent") ? (["refusal"] as const) : []),
    ...(kind === "child" || terms.some(({ subject }) => subject === "child") ? ofChildren : []),
  ]);
  return noticeElements.filter((element) => required.has(element));
}

/**
 * What keeps a notice from being published: a required section that is missing, a section that is empty in a language,
 * a field or recipient of its purposes that the section about them does not name.
 */
export function gaps(
  kind: NoticeKind,
  content: NoticeContent,
  purposes: readonly FrozenPurpose[],
  definitions: Definitions,
): NoticeGap[] {
  const sections = new Map(content.sections.map(({ element, body }) => [element, body]));
  const required = new Set(requiredElements(kind, purposes, definitions));
  return noticeElements
    .filter((element) => required.has(element) || sections.has(element))
    .flatMap((element) =>
      locales.flatMap((locale): NoticeGap[] => {
        const body = sections.get(element)?.[locale] ?? "";
        if (body.trim() === "") return [{ element, locale, name: null }];
        return namesIn(element, locale, purposes, definitions)
          .filter((name) => !body.includes(name))
          .map((name) => ({ element, locale, name }));
      }),
    );
}

/** The names that a section must hold word for word. */
function namesIn(
  element: NoticeElement,
  locale: Locale,
  purposes: readonly FrozenPurpose[],
  definitions: Definitions,
): string[] {
  const named = purposes.flatMap(({ terms }) => {
    if (element === "fields") return terms.fields.map(({ key }) => definitions.get(key)?.name[locale] ?? key);
    return element === "recipients" ? terms.recipients.map(({ name }) => name) : [];
  });
  return [...new Set(named)];
}

/** What the hash of a version covers (the caller makes it canonical): whoever holds the version can compute it again. */
export function hashedNotice({
  key,
  version,
  content,
  purposes,
}: Omit<NoticeVersion, "id" | "kind" | "hash" | "publishedAt">) {
  return { key, version, content, purposes };
}

/** What the hash of a draft covers: its words, and the activities exactly as it tells of them. */
export function hashedDraft(content: NoticeContent, purposes: readonly FrozenPurpose[]) {
  return { content, purposes };
}

/** In what two versions differ; empty exactly when both tell the same. */
export function noticeDiff(before: Told, after: Told): NoticeChange[] {
  const [old, now] = [words(before.content), words(after.content)];
  const said = [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
  const codes = [...new Set([...before.purposes, ...after.purposes].map(({ code }) => code))];
  return [...said, ...codes.flatMap((code) => purposeDiff(code, termsOf(before, code), termsOf(after, code)))];
}

function purposeDiff(code: PurposeCode, before: Terms | null, after: Terms | null): NoticeChange[] {
  const path = `purposes.${code}`;
  if (before === null || after === null) {
    return before === after ? [] : [{ path, before: before && code, after: after && code }];
  }
  return termsDiff(before, after).map((change) => ({ ...change, path: `${path}.${change.path}` }));
}

/** Each text of a notice by where it stands, and the order of its sections. */
function words({ title, short, sections }: NoticeContent): Map<string, string> {
  return new Map([
    ...locales.flatMap((locale): [string, string][] => [
      [`title.${locale}`, title[locale]],
      [`short.${locale}`, short[locale]],
    ]),
    ["sections", sections.map(({ element }) => element).join(" ")],
    ...sections.flatMap(({ element, heading, body }) =>
      locales.flatMap((locale): [string, string][] => [
        [`sections.${element}.heading.${locale}`, heading[locale]],
        [`sections.${element}.body.${locale}`, body[locale]],
      ]),
    ),
  ]);
}

/**
 * Whether no one may call the change immaterial: a purpose more, or one whose terms differ in what a person decided on
 * (PIPL Art. 14(2)).
 */
export function mustBeMaterial(before: readonly FrozenPurpose[], after: readonly FrozenPurpose[]): boolean {
  return after.some(({ code, terms }) => {
    const old = before.find((purpose) => purpose.code === code);
    return old === undefined || isMaterial(old.terms, terms);
  });
}

/**
 * The purposes on consent for which a material version makes earlier consents stale: those whose terms it changes, or
 * where the words alone changed, all that it names. A purpose whose own enhanced notice in force (`asked`: its version
 * there) already tells the changed terms has been asked for anew by that, and is not asked twice.
 */
export function madeStale(before: Told, after: Told, asked: ReadonlyMap<PurposeCode, number>): PurposeCode[] {
  const onConsent = after.purposes.filter(({ terms }) => terms.basis === "consent");
  const changed = after.purposes.filter(({ code, terms }) => {
    const old = termsOf(before, code);
    return old === null || termsDiff(old, terms).length > 0;
  });
  const named = changed.length === 0 ? onConsent : onConsent.filter((purpose) => changed.includes(purpose));
  return named
    .filter(({ code, version }) => changed.length === 0 || asked.get(code) !== version)
    .map(({ code }) => code);
}

/** Who may review: somebody who had no hand in the words. */
export function mayReview({ editors }: { readonly editors: readonly string[] }, staffId: string): Verdict {
  return editors.includes(staffId) ? no("NOTICE_OWN_REVIEW") : yes;
}

/** A notice in one language as it is read: the short layer first, then section by section. */
export type Layers = {
  readonly title: string;
  readonly short: readonly string[];
  readonly sections: readonly {
    readonly element: NoticeElement;
    readonly heading: string;
    readonly paragraphs: readonly string[];
  }[];
};

/** What a consent sheet, the public page and the preview of a draft all show. */
export function layers(
  { content: { title, short, sections } }: Pick<NoticeVersion, "content">,
  locale: Locale,
): Layers {
  return {
    title: title[locale],
    short: paragraphs(short[locale]),
    sections: sections.map(({ element, heading, body }) => ({
      element,
      heading: heading[locale],
      paragraphs: paragraphs(body[locale]),
    })),
  };
}

/** The paragraphs in which a text differs from another: those that went, and those that came. */
export function changedParagraphs(before: string, after: string) {
  const [old, now] = [paragraphs(before), paragraphs(after)];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}

/** A notice as one plain text, for keeping. */
export function plainText({ title, short, sections }: Layers): string {
  const blocks = [[title], short, ...sections.map(({ heading, paragraphs }) => [heading, ...paragraphs])];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function paragraphs(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== "");
}

type Terms = FrozenPurpose["terms"];
function termsOf({ purposes }: Told, code: PurposeCode): Terms | null {
  return purposes.find((purpose) => purpose.code === code)?.terms ?? null;
}
