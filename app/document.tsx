import { cookies, headers } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { RouteFocus } from "./ui/route-focus.tsx";

const choices = {
  theme: ["light", "dark"],
  density: ["normal", "compact", "relaxed"],
  text: ["normal", "large", "xlarge"],
  nav: ["wide", "narrow"],
} as const;
type Choices = { readonly [Name in keyof typeof choices]: (typeof choices)[Name][number] };

/** What this visitor chose about the look of things; the first of each list where nothing was. */
export async function preferences(): Promise<Choices> {
  const jar = await cookies();
  const chosen = <Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value =>
    values.find((value) => value === jar.get(name)?.value) ?? values[0];
  return {
    theme: chosen("theme", choices.theme),
    density: chosen("density", choices.density),
    text: chosen("text", choices.text),
    nav: chosen("nav", choices.nav),
  };
}

/** The root element of either world, dressed as the visitor chose. Reading the nonce makes every page dynamic. */
export async function Document({ app, children }: { app: "portal" | "desk"; children: ReactNode }) {
  const [locale, look, head] = await Promise.all([getLocale(), preferences(), headers()]);
  const nonce = head.get("x-nonce") ?? undefined;
  return (
    <html
      lang={locale}
      data-app={app}
      data-theme={look.theme}
      data-density={look.density}
      data-text={look.text}
      data-nav={look.nav}
    >
      <head>
        <meta property="csp-nonce" nonce={nonce} content="" />
        <meta name="format-detection" content="telephone=no" />
      </head>
      <body>
        <RouteFocus />
        {children}
      </body>
    </html>
  );
}
