import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { Names } from "../ground.ts";
import { Needs, TermsList } from "../terms-list.tsx";
import { ApproveDraft, PublishDraft } from "./acts.tsx";
import type { Benefit } from "./benefit.ts";

/** The version in the making: its terms beside those in force, what to ask about, who approved, what is next. */
export function Draft({
  benefit,
  draft,
  names,
  mayApprove,
  mayPublish,
}: {
  benefit: Benefit;
  draft: NonNullable<Benefit["draft"]>;
  names: Names;
  mayApprove: boolean;
  mayPublish: boolean;
}) {
  const t = useTranslations("benefits.desk");
  const { dateTime } = useFormats();
  const ref = { benefitId: benefit.id, termsHash: draft.termsHash };
  const mandatory = draft.terms.needs.filter((need) => need.mandatory);
  return (
    <Card
      title={t("detail.draft")}
      actions={
        <>
          {mayApprove && draft.approvedBy === null && (
            <ApproveDraft
              draft={ref}
              mandatory={
                mandatory.length > 0 && (
                  <div className="grid gap-1">
                    <p className="font-strong">{t("detail.approveMandatory")}</p>
                    <Needs needs={mandatory} names={names} />
                  </div>
                )
              }
            />
          )}
          {mayPublish && draft.approvedBy !== null && (
            <PublishDraft draft={ref} version={(benefit.current?.version ?? 0) + 1} />
          )}
        </>
      }
    >
      <div className="grid gap-4">
        <ul className="text-ink-2">
          <li>{t("detail.savedBy", { name: draft.savedBy ?? "--", at: dateTime(draft.savedAt) })}</li>
          <li>
            {draft.approvedBy === null
              ? t("detail.notApproved")
              : t("detail.approvedBy", { name: draft.approvedBy, at: dateTime(draft.approvedAt) })}
          </li>
        </ul>
        {draft.refusal !== null && <Notice tone="bad">{t("detail.refused")}</Notice>}
        {draft.warnings.map((warning) => (
          <Notice key={warning} tone="warn">
            {t(`check.warnings.${warning}`)}
          </Notice>
        ))}
        <TermsList terms={draft.terms} before={benefit.current?.terms} names={names} />
      </div>
    </Card>
  );
}
