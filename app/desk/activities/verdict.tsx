"use client";
import { useTranslations } from "next-intl";
import { useRefusals } from "#app/i18n/refusals.client.ts";
import { Notice } from "#app/ui/notice.tsx";
import type { AssessmentReason } from "#server/consents/activities/model.ts";
import type { Fault } from "#server/consents/activities/rules.ts";
import { usePathText } from "./path-text.ts";

/** What the law says to terms as they stand: each fault by the part it is in, and whether an assessment is needed. */
export function Verdict({
  faults,
  reasons,
  assessed = false,
  names,
}: {
  faults: readonly Fault[];
  reasons: readonly AssessmentReason[];
  /** Whether the assessment that they call for is approved. */
  assessed?: boolean;
  /** What fields are called. */
  names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("activities");
  const say = useRefusals();
  const pathText = usePathText(names);
  const said = ({ code, condition }: Fault) =>
    say(code, condition.field === undefined ? condition : { field: names[condition.field] ?? condition.field });
  return (
    <div className="grid gap-2">
      {faults.length === 0 ? (
        <Notice tone="ok">{t("detail.lawful")}</Notice>
      ) : (
        <Notice tone="warn" title={t("detail.faults", { count: faults.length })}>
          <ul className="list-disc ps-5">
            {faults.map((fault) => (
              <li key={`${fault.path} ${fault.code}`}>
                {pathText(fault.path.replace(/\.\d+.*|\.days$/, ""))}
                {t("detail.colon")}
                {said(fault)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Notice>
        {reasons.length === 0
          ? t("detail.needless")
          : t(assessed ? "detail.assessed" : "detail.needs", {
              reasons: reasons.map((reason) => t(`reasons.${reason}`)).join(" · "),
            })}
      </Notice>
    </div>
  );
}
