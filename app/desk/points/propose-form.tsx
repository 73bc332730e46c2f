"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { NumberField, Select } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { expiryRoundings, negativePolicies, type PointsTerms } from "#server/points/model.ts";
import { termsIn } from "./terms-in.ts";

/** Proposes terms for the points, starting from the newest there are. */
export function ProposePointsForm({ initial: { perYuan, expiry, negative } }: { initial: PointsTerms }) {
  const t = useTranslations("points.desk");
  const all = useTranslations("points");
  const router = useRouter();
  const form = useSubmit({
    send: (data) => trpc.points.propose.mutate(termsIn(data)),
    done: () => {
      toast(t("sent"));
      router.refresh();
    },
  });
  return (
    <form {...form.props} className="grid max-w-xl gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          {...form.field("terms.perYuan.numerator")}
          label={t("points")}
          required
          maxLength={5}
          defaultValue={String(perYuan.numerator)}
        />
        <NumberField
          {...form.field("terms.perYuan.denominator")}
          label={t("yuan")}
          required
          maxLength={5}
          defaultValue={String(perYuan.denominator)}
        />
        <NumberField
          {...form.field("terms.expiry.months")}
          label={t("months")}
          hint={t("monthsHint")}
          maxLength={2}
          defaultValue={expiry === null ? "" : String(expiry.months)}
        />
        <Select
          {...form.field("terms.expiry.roundTo")}
          label={t("roundTo")}
          defaultValue={expiry?.roundTo ?? "month"}
          options={expiryRoundings.map((value) => ({ value, label: t(`rounding.${value}`) }))}
        />
      </div>
      <Select
        {...form.field("terms.negative")}
        label={t("negative")}
        defaultValue={negative}
        options={negativePolicies.map((value) => ({ value, label: all(`negative.${value}`) }))}
      />
      <SubmitButton form={form} className="w-fit">
        {t("send")}
      </SubmitButton>
    </form>
  );
}
