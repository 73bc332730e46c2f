"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Card } from "#app/ui/card.tsx";
import { Choices, TextArea } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { AssessmentContent } from "#server/consents/activities/model.ts";
import type { PurposeCode } from "#server/consents/model.ts";

const questions = ["lawfulness", "impactAndRisk", "measures"] as const;

/** The three questions of PIPL Art. 56 about exactly the draft on screen. */
export function Assess({ code, termsHash }: { code: PurposeCode; termsHash: string }) {
  const t = useTranslations("activities");
  const router = useRouter();
  const [submitted, setSubmitted] = useState(0);
  const form = useSubmit({
    send: (data) =>
      trpc.consents.activities.submitAssessment.mutate({
        code,
        termsHash,
        content: AssessmentContent.parse({
          lawfulness: data.get("lawfulness"),
          impactAndRisk: data.get("impactAndRisk"),
          measures: data.get("measures"),
          risk: data.get("risk"),
        }),
      }),
    done: () => {
      toast(t("assessment.submitted"));
      setSubmitted(submitted + 1);
      router.refresh();
    },
  });
  return (
    <Card title={t("assessment.title")}>
      <p className="mb-3 text-ink-2">{t("assessment.hint")}</p>
      <form key={submitted} {...form.props} className="grid gap-4">
        <FormProblem form={form} signIn="/desk/sign-in" />
        {questions.map((name) => (
          <TextArea key={name} {...form.field(name)} label={t(`assessment.${name}`)} required maxLength={2_000} />
        ))}
        <Choices
          {...form.field("risk")}
          label={t("assessment.risk")}
          inline
          options={(["low", "medium", "high"] as const).map((value) => ({ value, label: t(`risks.${value}`) }))}
        />
        <div>
          <SubmitButton form={form}>{t("assessment.submit")}</SubmitButton>
        </div>
      </form>
    </Card>
  );
}
