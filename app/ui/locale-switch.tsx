"use client";
import { useRouter } from "next/navigation";
import type { Locale } from "../i18n/locales.ts";
import { remember } from "./preference.ts";

/** The other language, named in itself. The address, its filters and what was typed stay; without JavaScript `?lang=` does it. */
export function LocaleSwitch({ other, name }: { other: Locale; name: string }) {
  const router = useRouter();
  return (
    <a
      href={`?lang=${other}`}
      lang={other}
      className="inline-flex min-h-(--tap) min-w-(--tap) items-center justify-center px-1 text-sm text-ink-2"
      onClick={(event) => {
        event.preventDefault();
        remember("locale", other);
        router.refresh();
      }}
    >
      {name}
    </a>
  );
}
