import { useLocale, useTranslations } from "next-intl";
import type { OwnBenefit } from "./benefits.ts";

/** Exactly what a benefit needs, each with why, and what store staff see of it. */
export function Needs({ benefit: { needs, shownInStore } }: { benefit: OwnBenefit }) {
  const t = useTranslations("benefits.mine");
  const shell = useTranslations("shell");
  const locale = useLocale();
  if (needs.length === 0) return <p className="text-ink-2">{t("needsNone")}</p>;
  return (
    <div className="grid gap-1">
      <p className="font-strong">{t("needs")}</p>
      <ul className="grid gap-1 text-ink-2">
        {needs.map(({ field, name, necessity, mandatory }) => (
          <li key={field}>
            {t(mandatory ? "needLine" : "needLineOptional", { field: name[locale], why: necessity[locale] })}
          </li>
        ))}
      </ul>
      {shownInStore.length > 0 && (
        <p className="text-sm text-ink-3">
          {t("shown", { names: shownInStore.map((name) => name[locale]).join(shell("listComma")) })}
        </p>
      )}
    </div>
  );
}
