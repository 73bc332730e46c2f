/** The languages of the product, the first being the default. */
export const locales = ["zh-CN", "en"] as const;
export type Locale = (typeof locales)[number];

/** Each language named in itself, for the switch. */
export const localeNames = { "zh-CN": "中文", en: "English" } as const satisfies Record<Locale, string>;

export const localeCookie = "locale";

/** Narrows what a cookie, a query or a header says to a language we have. */
export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * The language of a request: what was chosen (cookie), else the best of Accept-Language, else Chinese.
 * A header's quality values are honoured; `zh-TW` and `zh-Hans` count as Chinese, `en-GB` as English.
 */
export function localeOf(chosen: string | undefined, acceptLanguage: string | null | undefined): Locale {
  if (isLocale(chosen)) return chosen;
  const wishes = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((text) => text !== undefined);
      return { language: tag.toLowerCase().split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wishes) {
    if (language === "zh") return "zh-CN";
    if (language === "en") return "en";
  }
  return locales[0];
}
