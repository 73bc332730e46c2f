import { getLocale, getTranslations } from "next-intl/server";
import { preferences } from "../document.tsx";
import { localeNames, locales } from "../i18n/locales.ts";
import { site } from "../site.ts";
import { LocaleSwitch } from "../ui/locale-switch.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { currentStaff } from "./session.ts";

/** The brand, language and theme of pages that stand without the shell: before sign-in, and only then. */
export async function Corner() {
  if ((await currentStaff()) !== null) return null;
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
