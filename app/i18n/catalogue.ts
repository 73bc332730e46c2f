import type { Locale } from "./locales.ts";
import { type Namespace, namespaces } from "./namespaces.ts";

/** Sentences, or groups of them; the leaves are ICU messages (compiled ones once loaded by the build). */
export type Messages = { readonly [key: string]: Messages | string };

/** All namespaces of a language, and under `refusals` the sentence of every refusal code of every capability. */
export async function catalogueOf(locale: Locale): Promise<Messages> {
  const files = await Promise.all(
    namespaces.map(async (name) => {
      const file: { default: Messages } = await import(`../messages/${locale}/${name}.json`);
      return [name, file.default] as const;
    }),
  );
  return withRefusals(Object.fromEntries(files));
}

/** The named namespaces, the kit's own words, and the refusals of these alone: what a client component is given. */
export function pick(messages: Messages, wanted: readonly Namespace[]): Messages {
  const names = new Set<Namespace>(["shell", ...wanted]);
  return withRefusals(
    Object.fromEntries(
      Object.entries(messages).filter(([name]) => namespaces.some((known) => known === name && names.has(known))),
    ),
  );
}

function withRefusals(files: Messages): Messages {
  const refusals: Record<string, Messages | string> = {};
  for (const file of Object.values(files)) {
    if (typeof file === "string" || Array.isArray(file)) continue;
    const own = file.refusals;
    if (own !== undefined && typeof own !== "string") Object.assign(refusals, own);
  }
  return { ...files, refusals };
}
