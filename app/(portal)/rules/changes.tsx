import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Table } from "#app/ui/table.tsx";
import { type TermsChange, tierName } from "#server/tiers/ladders/rules.ts";
import type { LadderTerms } from "#server/tiers/model.ts";

type Version = {
  readonly version: number;
  readonly terms: LadderTerms;
  readonly previous: LadderTerms | null;
  readonly changes: readonly TermsChange[];
};

/** What a version changed, term by term; the first version has nothing to compare with. */
export function Changes({ version: { version, terms, previous, changes } }: { version: Version }) {
  const t = useTranslations("tiers");
  if (previous === null) return <p className="text-ink-2">{t("firstVersion")}</p>;
  return <ChangeTable caption={t("diffCaption", { version })} before={previous} after={terms} changes={changes} />;
}

/** Differences as a table: the term, its value before and after. */
export function ChangeTable({
  caption,
  before,
  after,
  changes,
}: {
  caption: string;
  before: LadderTerms | null;
  after: LadderTerms;
  changes: readonly TermsChange[];
}) {
  const t = useTranslations("tiers");
  const locale = useLocale();
  const { count } = useFormats();
  const nameOf = (code: string) => {
    const name = tierName(after, code, locale);
    return name === code && before !== null ? tierName(before, code, locale) : name;
  };
  const value = ({ term }: TermsChange, stored: TermsChange["before"]) => {
    if (stored === null) return "--";
    if (term === "qualification")
      return typeof stored === "number" ? t("window.rolling", { days: stored }) : t("window.calendarYear");
    if (term === "downgrade") return t(`policy.${stored}`);
    return typeof stored === "number" ? count(stored) : stored;
  };
  return (
    <Table
      caption={caption}
      hideCaption
      rows={changes}
      rowKey={({ term, tier }) => `${term} ${tier}`}
      columns={[
        {
          key: "term",
          header: t("column.field"),
          names: true,
          cell: ({ term, tier }) => t(`term.${term}`, { tier: tier === null ? "" : nameOf(tier) }),
        },
        { key: "before", header: t("column.before"), align: "end", cell: (change) => value(change, change.before) },
        { key: "after", header: t("column.after"), align: "end", cell: (change) => value(change, change.after) },
      ]}
    />
  );
}
