import type { PublicText } from "../../../core/public-text.ts";
import type { ActivityTerms } from "../../activities/model.ts";
import type { FieldDefinition, FieldKey } from "../../fields/model.ts";
import type { Handler, NoticeElement, NoticeKind } from "../model.ts";

/** All that a draft is written from. */
export type DraftFacts = {
  readonly kind: NoticeKind;
  readonly purposes: readonly ActivityTerms[];
  readonly definitions: ReadonlyMap<FieldKey, FieldDefinition>;
  readonly handler: Handler;
};

/** How one language says a notice. A body is its paragraphs; none where there is nothing true to say. */
export type Wording = {
  readonly title: (facts: DraftFacts) => string;
  readonly short: (facts: DraftFacts) => readonly string[];
  readonly sections: Readonly<
    Record<NoticeElement, { readonly heading: string; readonly body: (facts: DraftFacts) => readonly string[] }>
  >;
};

/** One thing said of each purpose. Where purposes differ in it, what is said of one begins with its name. */
export function ofEach(
  { purposes }: DraftFacts,
  locale: keyof PublicText,
  say: (terms: ActivityTerms) => readonly string[],
): string[] {
  const named = (name: string) => (locale === "zh-CN" ? `【${name}】` : `[${name}] `);
  const all = purposes.map((terms) => ({ name: terms.name[locale], said: say(terms).filter((text) => text !== "") }));
  const [first] = all;
  if (first !== undefined && all.every(({ said }) => said.join("\n") === first.said.join("\n"))) return first.said;
  return all.flatMap(({ name, said }) => said.map((text, index) => (index === 0 ? `${named(name)}${text}` : text)));
}

/** The names of the purpose's fields that `which` picks, in the order of the purpose. */
export function fieldNames(
  { definitions }: DraftFacts,
  { fields }: ActivityTerms,
  locale: keyof PublicText,
  which: (field: ActivityTerms["fields"][number], definition: FieldDefinition | undefined) => boolean = () => true,
): string[] {
  return fields
    .filter((field) => which(field, definitions.get(field.key)))
    .map(({ key }) => definitions.get(key)?.name[locale] ?? key);
}

/** A text as a part of a sentence: without the full stop its author may have given it. */
export function bare(text: string): string {
  return text.replace(/[。.；;]+$/u, "");
}

/** Whether the notice tells of children's data. */
export function isOfChild({ kind, purposes }: Pick<DraftFacts, "kind" | "purposes">): boolean {
  return kind === "child" || purposes.some(({ subject }) => subject === "child");
}
