import { Gift, House, ReceiptText, ScrollText, TicketPercent } from "lucide-react";
import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Document, preferences } from "../document.tsx";
import { localeNames, locales } from "../i18n/locales.ts";
import { site } from "../site.ts";
import { TextLink } from "../ui/link.tsx";
import { LocaleSwitch } from "../ui/locale-switch.tsx";
import { Segments } from "../ui/segments.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { PlaceLinks } from "./place-links.tsx";
import "../globals.css";

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

export async function generateMetadata(): Promise<Metadata> {
  const { brand } = await site();
  return { title: { template: `%s · ${brand}`, default: brand } };
}

/** The portal's root: what a member sees on every page, on a phone first. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const about = await site();
  const [t, shell, locale, look] = await Promise.all([
    getTranslations("portal"),
    getTranslations("shell"),
    getLocale(),
    preferences(),
  ]);
  return (
    <Document app="portal">
      <a href="#content" className="skip-link">
        {shell("skip")}
      </a>
      <div className="flex min-h-dvh flex-col">
        <header
          data-print="hide"
          className="mx-auto flex w-full max-w-[48rem] flex-wrap items-center gap-x-3 px-4 pt-[max(.5rem,env(safe-area-inset-top))]"
        >
          <p className="me-auto text-lg font-strong">{about.brand}</p>
          <TextLink href="/account" className="inline-flex min-h-(--tap) items-center text-sm">
            {t("nav.account")}
          </TextLink>
          {locales
            .filter((other) => other !== locale)
            .map((other) => (
              <LocaleSwitch key={other} other={other} name={localeNames[other]} />
            ))}
          <ThemeSwitch theme={look.theme} labels={{ toDark: shell("theme.toDark"), toLight: shell("theme.toLight") }} />
          <PlaceLinks
            label={t("nav.label")}
            items={[
              { href: "/", icon: <House aria-hidden size={20} />, label: t("nav.home") },
              { href: "/benefits", icon: <Gift aria-hidden size={20} />, label: t("nav.benefits") },
              { href: "/offers", icon: <TicketPercent aria-hidden size={20} />, label: t("nav.offers") },
              { href: "/orders", icon: <ReceiptText aria-hidden size={20} />, label: t("nav.orders") },
              { href: "/rules", icon: <ScrollText aria-hidden size={20} />, label: t("nav.rules") },
            ]}
          />
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[48rem] flex-1 px-4 py-4 outline-none">
          {children}
        </main>
        <footer
          data-print="hide"
          className="mx-auto grid w-full max-w-[48rem] gap-2 px-4 pt-6 pb-28 text-sm text-ink-3 sm:pb-6"
        >
          <Segments
            preference="text"
            label={shell("textSize.label")}
            value={look.text}
            options={[
              { value: "normal", label: shell("textSize.normal") },
              { value: "large", label: shell("textSize.large") },
              { value: "xlarge", label: shell("textSize.xlarge") },
            ]}
          />
          <p className="flex flex-wrap gap-x-4">
            <TextLink href="/notices" className="inline-flex min-h-(--tap) items-center">
              {t("footer.notices")}
            </TextLink>
            <TextLink href="/verify" className="inline-flex min-h-(--tap) items-center">
              {t("footer.verify")}
            </TextLink>
          </p>
          <p>{shell("beijing")}</p>
          <p>{t("footer.operator", { operator: about.operator })}</p>
          {about.filing && <p>{t("footer.filing", { filing: about.filing })}</p>}
          <p>{t("footer.privacy", { contact: about.privacyContact })}</p>
        </footer>
      </div>
    </Document>
  );
}
