import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { pick } from "./catalogue.ts";
import type { Namespace } from "./namespaces.ts";

/**
 * Gives the client components inside it the sentences of these namespaces (the kit's own are always among them).
 * Wrap as little as possible: everything picked travels with the page.
 */
export async function ClientMessages({ of, children }: { of: readonly Namespace[]; children: ReactNode }) {
  const [locale, messages] = await Promise.all([getLocale(), getMessages()]);
  return (
    <NextIntlClientProvider locale={locale} messages={pick(messages, of)} timeZone="Asia/Shanghai">
      {children}
    </NextIntlClientProvider>
  );
}
