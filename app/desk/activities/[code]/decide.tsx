"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { toast } from "#app/ui/toast.tsx";
import { type AssessmentId, DecideAssessment } from "#server/consents/activities/model.ts";

/** A second person's decision on an assessment, with a note. */
export function Decide({ assessmentId }: { assessmentId: AssessmentId }) {
  const t = useTranslations("activities.assessment");
  const router = useRouter();
  const decision = (approve: boolean) => ({
    act: (data: FormData) =>
      trpc.consents.activities.decideAssessment.mutate(
        DecideAssessment.parse({ assessmentId, approve, note: data.get("note") }),
      ),
    done() {
      toast(t("decided"));
      router.refresh();
    },
    children: (
      <>
        <p>{t("decideHint")}</p>
        <TextArea name="note" label={t("noteLabel")} maxLength={400} />
      </>
    ),
  });
  return (
    <div className="flex flex-wrap gap-2">
      <ConfirmButton
        label={t("approve")}
        title={t("approveTitle")}
        confirm={t("approve")}
        tone="primary"
        {...decision(true)}
      />
      <ConfirmButton label={t("decline")} title={t("declineTitle")} confirm={t("decline")} {...decision(false)} />
    </div>
  );
}
