"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { DateField, NumberField, Select, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { type BenefitGrantId, type BenefitId, GrantBenefit, RevokeBenefitGrant } from "#server/benefits/model.ts";
import type { MemberId } from "#server/core/id.ts";
import { addDays, startOfBusinessDay } from "#server/core/time.ts";

/** Gives uses by hand, until the end of a day, with a reason that the member reads. */
export function GiveUses({
  memberId,
  benefits,
}: {
  memberId: MemberId;
  benefits: readonly { readonly id: BenefitId; readonly name: string }[];
}) {
  const t = useTranslations("benefits.desk.entitlements");
  const done = useDone(t("given"));
  const [open, setOpen] = useState(false);
  const form = useSubmit({
    send: (data) =>
      trpc.benefits.grants.give.mutate(
        GrantBenefit.parse({
          memberId,
          benefitId: data.get("benefitId"),
          uses: Number(data.get("uses") || Number.NaN),
          reason: data.get("reason"),
          endsAt: addDays(startOfBusinessDay(String(data.get("endsAt"))), 1),
        }),
      ),
    done: () => {
      setOpen(false);
      done();
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("give")}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("give")}>
        <form {...form.props} className="grid gap-4">
          <FormProblem form={form} signIn="/desk/sign-in" />
          <Select
            {...form.field("benefitId")}
            label={t("benefit")}
            required
            options={benefits.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <NumberField {...form.field("uses")} label={t("uses")} required defaultValue="1" maxLength={2} />
          <TextField {...form.field("reason")} label={t("reason")} hint={t("reasonHint")} required maxLength={60} />
          <DateField {...form.field("endsAt")} label={t("endsAt")} required />
          <SubmitButton form={form} className="w-fit">
            {t("give")}
          </SubmitButton>
        </form>
      </Dialog>
    </>
  );
}

/** Takes back what is left of uses given by hand. */
export function RevokeGrant({ benefitGrantId, left }: { benefitGrantId: BenefitGrantId; left: number }) {
  const t = useTranslations("benefits.desk.entitlements");
  const done = useDone(t("revoked"));
  return (
    <ConfirmButton
      size="sm"
      label={t("revoke")}
      title={t("revokeTitle")}
      confirm={t("revoke")}
      reason={t("reason")}
      act={(data) =>
        trpc.benefits.grants.revoke.mutate(RevokeBenefitGrant.parse({ benefitGrantId, reason: data.get("reason") }))
      }
      done={done}
    >
      <p>{t("revokeEffect", { count: left })}</p>
    </ConfirmButton>
  );
}

/** Makes every code shown so far useless; the member simply gets a new one. */
export function RevokeCodes({
  memberId,
  benefitId,
  benefit,
}: {
  memberId: MemberId;
  benefitId: BenefitId;
  benefit: string;
}) {
  const t = useTranslations("benefits.desk.entitlements");
  const done = useDone(t("codesRevoked"));
  return (
    <ConfirmButton
      size="sm"
      label={t("revokeCodes")}
      title={t("revokeCodesTitle", { benefit })}
      confirm={t("revokeCodes")}
      act={() => trpc.benefits.codes.revoke.mutate({ memberId, benefitId })}
      done={done}
    >
      <p>{t("revokeCodesEffect")}</p>
    </ConfirmButton>
  );
}

function useDone(said: string): () => void {
  const router = useRouter();
  return () => {
    toast(said);
    router.refresh();
  };
}
