import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { preferences } from "../document.tsx";
import { localeNames, locales } from "../i18n/locales.ts";
import { site } from "../site.ts";
import { Badge } from "../ui/badge.tsx";
import { TextLink } from "../ui/link.tsx";
import { LocaleSwitch } from "../ui/locale-switch.tsx";
import { Segments } from "../ui/segments.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { places } from "./navigation.ts";
import { Palette } from "./palette.tsx";
import type { CurrentStaff } from "./session.ts";
import { Sidebar } from "./sidebar.tsx";
import { SignOut } from "./sign-out.tsx";

/** What stands around every page of the desk: the places one may go, and which brand, environment and role one is in. */
export async function Shell({ staff, children }: { staff: CurrentStaff; children: ReactNode }) {
  const about = await site();
  const [t, shell, locale, look] = await Promise.all([
    getTranslations("desk"),
    getTranslations("shell"),
    getLocale(),
    preferences(),
  ]);
  const permitted = new Set<string>(staff.permissions);
  const items = places
    .filter((place) => permitted.has(place.permission))
    .map(({ key, href, alias }) => ({ key, href, alias, label: t(`nav.${key}`) }));
  return (
    <div className="desk">
      <a href="#content" className="skip-link">
        {shell("skip")}
      </a>
      <Sidebar
        brand={about.brand}
        items={items}
        narrow={look.nav === "narrow"}
        labels={{ nav: t("nav.label"), open: t("menu"), close: t("closeMenu"), narrow: t("narrow"), wide: t("wide") }}
      />
      <div className="flex min-w-0 flex-col">
        <header
          data-print="hide"
          className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-4 py-1"
        >
          <Badge tone={about.environment === "production" ? "ok" : "warn"}>
            {t(`environment.${about.environment}`)}
          </Badge>
          <span className="text-sm text-ink-2">
            {t("signedInAs", {
              name: staff.name,
              role: staff.roles.map((role) => t(`roles.${role}`)).join(shell("listComma")),
            })}
          </span>
          <Palette items={items} members={permitted.has("member:read")} />
          <div className="ms-auto flex flex-wrap items-center gap-x-3">
            <TextLink href="/desk/account" className="text-sm">
              {t("nav.account")}
            </TextLink>
            {locales
              .filter((other) => other !== locale)
              .map((other) => (
                <LocaleSwitch key={other} other={other} name={localeNames[other]} />
              ))}
            <ThemeSwitch
              theme={look.theme}
              labels={{ toDark: shell("theme.toDark"), toLight: shell("theme.toLight") }}
            />
            <SignOut />
          </div>
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1280px] flex-1 px-4 py-5 outline-none">
          {children}
        </main>
        <footer
          data-print="hide"
          className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line px-4 py-3 text-sm text-ink-3"
        >
          <span>{shell("beijing")}</span>
          <Segments
            preference="density"
            label={shell("density.label")}
            value={look.density}
            options={[
              { value: "compact", label: shell("density.compact") },
              { value: "normal", label: shell("density.normal") },
              { value: "relaxed", label: shell("density.relaxed") },
            ]}
          />
        </footer>
      </div>
    </div>
  );
}
