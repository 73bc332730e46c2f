import { getLocale, getTranslations } from "next-intl/server";
import { preferences } from "../document.tsx";
import { localeNames, locales } from "../i18n/locales.ts";
import { site } from "../site.ts";
import { LocaleSwitch } from "../ui/locale-switch.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";

/** The brand, language and theme of pages that stand without the shell: before sign-in. */
export async function Corner() {
  const [{ brand }, shell, locale, look] = await Promise.all([
    site(),
    getTranslations("shell"),
    getLocale(),
    preferences(),
  ]);
  return (
    <div className="flex items-center gap-3">
      <p className="me-auto font-strong">{brand}</p>
      {locales
        .filter((other) => other !== locale)
        .map((other) => (
          <LocaleSwitch key={other} other={other} name={localeNames[other]} />
        ))}
      <ThemeSwitch theme={look.theme} labels={{ toDark: shell("theme.toDark"), toLight: shell("theme.toLight") }} />
    </div>
  );
}
