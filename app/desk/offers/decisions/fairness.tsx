import { useTranslations } from "next-intl";
import { TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { FairnessReport } from "#server/offers/decisions/model.ts";

/** Whether equal questions got equal prices, and the decisions to look at where they did not. */
export function Fairness({ report }: { report: FairnessReport }) {
  const t = useTranslations("offers.decisions");
  const unequal = report.groupsWithMoreThanOnePrice;
  return (
    <Notice tone={unequal.length === 0 ? "ok" : "bad"} title={t("fairness")}>
      <p>
        {t("fairnessText", { decisions: report.decisions, groups: report.groups })}{" "}
        {unequal.length === 0 ? t("fairnessOk") : t("fairnessBad", { count: unequal.length })}
      </p>
      <ul>
        {unequal
          .flatMap(({ decisionIds }) => decisionIds)
          .map((decisionId) => (
            <li key={decisionId}>
              <TextLink href={`/desk/offers/decisions/${decisionId}`}>{decisionId}</TextLink>
            </li>
          ))}
      </ul>
    </Notice>
  );
}
