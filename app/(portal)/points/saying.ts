import { useTranslations } from "next-intl";
import type { OwnPointsLine } from "#server/points/model.ts";

/** What a line of the points ledger says to its member, in a sentence. */
export function useSaying(): (line: Pick<OwnPointsLine, "kind" | "rule" | "reason">) => string {
  const t = useTranslations("points");
  return ({ kind, rule, reason }) => {
    if (rule === "benefit" && kind === "available") return t("benefit");
    return reason === null ? t(`line.${kind}`) : t("deducted", { reason });
  };
}
