import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import type { Word } from "#server/offers/kind.ts";
import type { Grant } from "#server/offers/model.ts";
import type { Readable } from "./names.ts";

/** What an offer gives, in one sentence: the words are the kind's own. */
export function Sentence({ kind, words }: Readable) {
  const t = useTranslations("offers");
  const locale = useLocale();
  const { money } = useFormats();
  const plain = (word: Word) => {
    if (typeof word === "number") return word;
    if ("fen" in word) return money(word.fen);
    return "text" in word ? word.text[locale] : word.code;
  };
  const values = Object.fromEntries(Object.entries(words).map(([name, word]) => [name, plain(word)]));
  return t(`kinds.${kind}.sentence`, values);
}

/** What is given besides money off. */
export function Given({ grants }: { grants: readonly Grant[] }) {
  const t = useTranslations("offers.grants");
  const shell = useTranslations("shell");
  const locale = useLocale();
  return grants
    .map(({ what, name, quantity }) => t(what, { name: name?.[locale] ?? "", quantity }))
    .join(shell("listComma"));
}
