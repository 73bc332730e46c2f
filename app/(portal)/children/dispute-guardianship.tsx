"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Choices, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { DisputeGuardianship as Dispute, disputeReasons } from "#server/consents/guardianship/model.ts";

/** Names a child that somebody else added. The answer is the same whether there is such a child or not. */
export function DisputeGuardianship() {
  const t = useTranslations("consents.children");
  const element = useRef<HTMLFormElement>(null);
  const [received, setReceived] = useState(false);
  const form = useSubmit({
    send: (data) => {
      setReceived(false);
      return trpc.consents.guardianship.dispute.mutate(
        Dispute.parse({ code: data.get("code"), reason: data.get("reason") }),
      );
    },
    done: () => {
      element.current?.reset();
      setReceived(true);
    },
    explain: { code: t("disputeCodeWrong"), reason: t("disputeReasonWrong") },
  });
  return (
    <form ref={element} {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/join?next=/children" />
      <TextField
        {...form.field("code")}
        label={t("disputeCode")}
        required
        maxLength={12}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="max-w-60"
      />
      <Choices
        {...form.field("reason")}
        label={t("disputeReason")}
        options={disputeReasons.map((value) => ({ value, label: t(`disputeReasons.${value}`) }))}
      />
      <SubmitButton form={form} tone="plain" className="justify-self-start">
        {t("disputeSubmit")}
      </SubmitButton>
      <p role="status" className="text-ok empty:hidden">
        {received ? t("disputed") : ""}
      </p>
      <p className="text-sm text-ink-3">{t("privacy")}</p>
    </form>
  );
}
