const BINDING = /const (\w+) = (?:await )?(?:get|use)Translations\("([\w.]+)"\)/g;
const BINDINGS = /const \[([^\]]+)\] = await Promise\.all\(\[([\s\S]*?)\]\)/g;
const TRANSLATOR = /^(?:get|use)Translations\("([\w.]+)"\)$/;

/**
 * The full keys that a source file names literally: `t("title")` where `t` was bound by `useTranslations` or
 * `getTranslations`, alone or in a `Promise.all`. A name that one file binds to two namespaces is left out.
 */
export function translatedKeys(text: string): string[] {
  const source = text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const bound = new Map<string, Set<string>>();
  const bind = (name: string, namespace: string) => bound.set(name, (bound.get(name) ?? new Set()).add(namespace));
  for (const [, name = "", namespace = ""] of source.matchAll(BINDING)) bind(name, namespace);
  for (const [, names = "", values = ""] of source.matchAll(BINDINGS)) {
    const parts = values.split(/,(?![^(]*\))/).map((part) => part.trim());
    for (const [place, name] of names.split(",").entries()) {
      const namespace = TRANSLATOR.exec(parts[place] ?? "")?.[1];
      if (namespace !== undefined) bind(name.trim(), namespace);
    }
  }
  return [...bound].flatMap(([name, spaces]) => {
    // Two components of one file may both call their translator `t`; which is meant, only the reader knows.
    const [namespace] = spaces;
    if (spaces.size > 1 || namespace === undefined) return [];
    const calls = source.matchAll(new RegExp(`(?<![\\w.])${name}\\("([\\w.]+)"`, "g"));
    return [...calls].map(([, key = ""]) => `${namespace}.${key}`);
  });
}
