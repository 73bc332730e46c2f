"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { NumberField, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { MemberId } from "#server/core/id.ts";
import { DeductPoints as Deduction } from "#server/points/model.ts";

/** Takes points from a member with a reason that the member reads. */
export function DeductPoints({ memberId }: { memberId: MemberId }) {
  const t = useTranslations("points.member");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const form = useSubmit({
    send: (data) =>
      trpc.points.deduct.mutate(
        Deduction.parse({
          memberId,
          points: Number(data.get("points") || Number.NaN),
          reason: data.get("reason"),
        }),
      ),
    done: () => {
      setOpen(false);
      toast(t("deducted"));
      router.refresh();
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("deduct")}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("deduct")}>
        <form {...form.props} className="grid gap-4">
          <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
          <p className="text-ink-2">{t("deductHint")}</p>
          <NumberField {...form.field("points")} label={t("points")} required maxLength={8} />
          <TextField {...form.field("reason")} label={t("reason")} hint={t("reasonHint")} required maxLength={200} />
          <SubmitButton form={form} className="w-fit">
            {t("deduct")}
          </SubmitButton>
        </form>
      </Dialog>
    </>
  );
}
