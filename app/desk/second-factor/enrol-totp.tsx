"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { CodeBlock } from "#app/ui/code-block.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { QrCode } from "#app/ui/qr-code.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { ConfirmTotp } from "#server/staff/model.ts";

/** Sets up an authenticator app: shows the code to scan, and keeps it once its first six digits were right. */
export function EnrolTotp({ label, tone, done }: { label: string; tone?: "primary"; done: () => void }) {
  const t = useTranslations("staff.enrol");
  const [made, setMade] = useState<{ uri: string; secret: string; pending: string } | null>(null);
  const start = useSubmit({ send: () => trpc.staff.factors.startTotp.mutate(), done: setMade });
  const confirm = useSubmit({
    send: (data) =>
      trpc.staff.factors.confirmTotp.mutate(ConfirmTotp.parse({ pending: made?.pending, code: data.get("code") })),
    done,
  });
  if (made === null) {
    return (
      <div className="grid gap-3">
        <FormProblem form={start} signIn="/desk/sign-in" stepUp="/desk/step-up" />
        <Button tone={tone} pending={start.pending} onClick={() => start.run()} className="justify-self-start">
          {label}
        </Button>
      </div>
    );
  }
  return (
    <form {...confirm.props} className="grid gap-4">
      <FormProblem form={confirm} signIn="/desk/sign-in" stepUp="/desk/step-up" />
      <p>{t("totpHint")}</p>
      <QrCode text={made.uri} label={t("qr")} className="size-48" />
      <div className="grid gap-1">
        <p className="text-sm text-ink-2">{t("secret")}</p>
        <CodeBlock label={t("secret")} text={made.secret} />
      </div>
      <TextField
        {...confirm.field("code")}
        label={t("code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={16}
        required
      />
      <SubmitButton form={confirm} className="justify-self-start">
        {t("confirm")}
      </SubmitButton>
    </form>
  );
}
