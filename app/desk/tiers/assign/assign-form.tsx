"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { DateField, type Option, Select, TextArea, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { addDays, startOfBusinessDay } from "#server/core/time.ts";
import { AssignTier } from "#server/tiers/model.ts";

/** The request for a tier by hand: whom, which tier, why, and until the end of which day. */
export function AssignForm({ options, card }: { options: readonly Option[]; card: string }) {
  const t = useTranslations("tiers.assign");
  const router = useRouter();
  const form = useSubmit({
    send: (data) =>
      trpc.tiers.assignments.assign.mutate(
        AssignTier.parse({
          cardNumber: data.get("cardNumber"),
          tier: data.get("tier"),
          reason: data.get("reason"),
          endsAt: addDays(startOfBusinessDay(String(data.get("endsAt"))), 1),
        }),
      ),
    done: () => {
      toast(t("sent"));
      router.push("/desk/tiers");
      router.refresh();
    },
  });
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <TextField
        {...form.field("cardNumber")}
        label={t("card")}
        hint={t("cardHint")}
        inputMode="numeric"
        defaultValue={card}
        maxLength={10}
        required
      />
      <Select {...form.field("tier")} label={t("tier")} options={options} required />
      <TextArea {...form.field("reason")} label={t("reason")} hint={t("reasonHint")} maxLength={200} required />
      <DateField {...form.field("endsAt")} label={t("endsAt")} hint={t("endsHint")} required />
      <div className="flex justify-end">
        <SubmitButton form={form}>{t("send")}</SubmitButton>
      </div>
    </form>
  );
}
