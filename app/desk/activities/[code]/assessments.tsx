import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import type { Activity } from "./activity.ts";
import { Decide } from "./decide.tsx";

type Assessment = Activity["assessments"][number];

/** Every impact assessment that was handed in, of which terms, and what was decided. */
export function Assessments({ assessments, mayApprove }: { assessments: readonly Assessment[]; mayApprove: boolean }) {
  const t = useTranslations("activities.assessment");
  return (
    <Card title={t("history")}>
      {assessments.length === 0 && <p className="text-ink-2">{t("historyNone")}</p>}
      <Timeline
        label={t("history")}
        entries={assessments.map((assessment) => ({
          key: assessment.id,
          at: assessment.submittedAt,
          title: (
            <span className="flex flex-wrap items-baseline gap-x-3">
              {t("by", { name: assessment.submittedBy ?? "--" })}
              <Outcome decision={assessment.decision} />
            </span>
          ),
          detail: <Content assessment={assessment} mayApprove={mayApprove} />,
        }))}
      />
    </Card>
  );
}

function Outcome({ decision }: Pick<Assessment, "decision">) {
  const t = useTranslations("activities.assessment");
  if (decision === null) return <Badge tone="info">{t("waiting")}</Badge>;
  return decision.approved ? <Badge tone="ok">{t("approved")}</Badge> : <Badge tone="bad">{t("declined")}</Badge>;
}

function Content({ assessment, mayApprove }: { assessment: Assessment; mayApprove: boolean }) {
  const t = useTranslations("activities");
  const { date, dateTime } = useFormats();
  const { id, content, ofDraft, version, decision, mayDecide } = assessment;
  const draft = t(ofDraft ? "assessment.ofDraft" : "assessment.ofOld");
  return (
    <div className="grid gap-3">
      <p>{version === null ? draft : t("assessment.ofVersion", { version })}</p>
      <KeyValues
        items={[
          { key: "lawfulness", label: t("assessment.lawfulness"), value: content.lawfulness },
          { key: "impactAndRisk", label: t("assessment.impactAndRisk"), value: content.impactAndRisk },
          { key: "measures", label: t("assessment.measures"), value: content.measures },
          { key: "risk", label: t("assessment.risk"), value: t(`risks.${content.risk}`) },
        ]}
      />
      {decision && (
        <ul>
          <li>{t("assessment.decision", { name: decision.decidedBy ?? "--", at: dateTime(decision.decidedAt) })}</li>
          {decision.note && <li>{t("assessment.note", { note: decision.note })}</li>}
          <li>{t("assessment.keepUntil", { date: date(decision.keepUntil) })}</li>
        </ul>
      )}
      {decision === null &&
        ofDraft &&
        mayApprove &&
        (mayDecide ? <Decide assessmentId={id} /> : <p>{t("assessment.ownHand")}</p>)}
    </div>
  );
}
