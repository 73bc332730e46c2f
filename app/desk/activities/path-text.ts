import { useTranslations } from "next-intl";

/** Parts of the terms that have a name of their own. */
const parts = [
  "name",
  "purpose",
  "use",
  "subject",
  "basis",
  "basisDetail",
  "consentKind",
  "fields",
  "method",
  "retention",
  "storagePlace",
  "impact",
  "refusal",
  "recipients",
  "automatedDecision",
  "systems",
] as const;

/** What a path into the terms is called, as `fields.child.weight` or `purpose.en`: its part, and whose. */
export function usePathText(names: Readonly<Record<string, string>>): (path: string) => string {
  const t = useTranslations("activities");
  return (path) => {
    const part = parts.find((one) => one === path.split(".")[0]);
    if (part === undefined) return path;
    const label = t(`terms.${part}`);
    const rest = path.slice(part.length + 1).replace(/\.?(zh-CN|en)$/, "");
    const key = /^(?:member|child)\.\w+/.exec(rest)?.[0];
    const named = key === undefined ? rest : (names[key] ?? key);
    const worded = path.endsWith(".en")
      ? t("form.en", { label })
      : path.endsWith(".zh-CN")
        ? t("form.zh", { label })
        : label;
    return named === "" || part === "retention" ? worded : `${worded} · ${named}`;
  };
}
