import { useLocale, useTranslations } from "next-intl";
import type { Derivation } from "#server/benefits/model.ts";

/** One table by which a value becomes what store staff see, band by band. */
export function BandTable({ table: { name, bands }, field }: { table: Derivation; field: string }) {
  const t = useTranslations("benefits.desk.terms");
  const locale = useLocale();
  return (
    <div className="mb-2 last:mb-0">
      <p>{t("derived", { name: name[locale], field })}</p>
      <ul className="flex flex-wrap gap-x-4 text-ink-2">
        {bands.map(({ below, value }) => (
          <li key={String(below)}>
            {below === null ? t("rest", { value: value[locale] }) : t("below", { below, value: value[locale] })}
          </li>
        ))}
      </ul>
    </div>
  );
}
