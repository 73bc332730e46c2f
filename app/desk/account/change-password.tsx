"use client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { trpc } from "#app/trpc/client.ts";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { ChangePassword as Input, PASSWORD_MAX, PASSWORD_MIN } from "#server/staff/model.ts";

/** Changes one's own password, which signs every other device out. */
export function ChangePassword() {
  const t = useTranslations("staff.account");
  const invitation = useTranslations("staff.invitation");
  const box = useRef<HTMLFormElement>(null);
  const form = useSubmit({
    send: (data) =>
      trpc.staff.changePassword.mutate(Input.parse({ current: data.get("current"), next: data.get("next") })),
    done: () => {
      box.current?.reset();
      toast(t("passwordDone"));
    },
  });
  return (
    <form ref={box} {...form.props} className="grid max-w-[28rem] gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
      <TextField
        {...form.field("current")}
        label={t("passwordCurrent")}
        type="password"
        autoComplete="current-password"
        maxLength={PASSWORD_MAX}
        required
      />
      <TextField
        {...form.field("next")}
        label={t("passwordNext")}
        hint={invitation("passwordHint", { min: PASSWORD_MIN })}
        type="password"
        autoComplete="new-password"
        maxLength={PASSWORD_MAX}
        required
      />
      <SubmitButton form={form} className="justify-self-start">
        {t("passwordSave")}
      </SubmitButton>
    </form>
  );
}
