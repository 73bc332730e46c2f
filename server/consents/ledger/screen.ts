import { hash } from "node:crypto";
import en from "#app/messages/en/consents.json" with { type: "json" };
import zh from "#app/messages/zh-CN/consents.json" with { type: "json" };
import { canonicalText } from "../../audit/rules.ts";

/** The words around a notice as the consent sheet shows them: from the catalogues that the sheet is drawn from. */
export type Screen = {
  readonly hash: string;
  readonly locale: "zh-CN" | "en";
  readonly words: Readonly<Record<string, string>>;
};

const screens = { "zh-CN": screenOf("zh-CN", zh.sheet), en: screenOf("en", en.sheet) };

/** What stood on the screen in this language, and the hash that names the wording. */
export function screenIn(locale: "zh-CN" | "en"): Screen {
  return screens[locale];
}

function screenOf(locale: "zh-CN" | "en", words: Readonly<Record<string, string>>): Screen {
  return { hash: hash("sha256", canonicalText({ locale, words }), "base64url"), locale, words };
}
