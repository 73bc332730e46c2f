import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { TierName } from "#app/ui/badge.tsx";
import { Table } from "#app/ui/table.tsx";
import type { LadderTerms } from "#server/tiers/model.ts";

/** A ladder version in words: the table of its tiers, and a sentence for each rule around them. */
export function LadderRules({ terms }: { terms: LadderTerms }) {
  const t = useTranslations("tiers.rules");
  const tiers = useTranslations("tiers");
  const locale = useLocale();
  const { count } = useFormats();
  const { qualification, growth } = terms;
  const { numerator, denominator } = growth.perYuan;
  const lines = [
    t("growth", { rate: tiers("rate", { yuan: count(denominator), growth: count(numerator) }) }),
    t("effective", { days: growth.returnWindowDays }),
    t("refund"),
    qualification.kind === "rolling" ? t("rolling", { days: qualification.days }) : t("calendarYear"),
    qualification.kind === "rolling" ? t("rollingKeep", { days: qualification.days }) : t("calendarKeep"),
    terms.graceDays > 0 ? t("grace", { days: terms.graceDays }) : t("noGrace"),
    t(terms.downgrade),
    t("warn"),
    t("order"),
    t("change", { days: terms.noticeDays }),
    t("manual"),
    t("same"),
  ];
  return (
    <div className="grid gap-4">
      <Table
        caption={t("ladder")}
        hideCaption
        rows={terms.tiers}
        rowKey={({ code }) => code}
        columns={[
          {
            key: "tier",
            header: tiers("column.tier"),
            names: true,
            cell: ({ code, name }) => (
              <span>
                <TierName tier={code}>{name[locale]}</TierName>
              </span>
            ),
          },
          {
            key: "upgrade",
            header: tiers("column.upgrade"),
            align: "end",
            cell: ({ upgradeAt }) => (upgradeAt === 0 ? t("start") : count(upgradeAt)),
          },
          {
            key: "keep",
            header: tiers("column.keep"),
            align: "end",
            cell: ({ keepAt }) => (keepAt === 0 ? t("cannotLose") : count(keepAt)),
          },
        ]}
      />
      <ol className="grid list-decimal gap-1.5 ps-6">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    </div>
  );
}
