"use client";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { AcceptInvitation, PASSWORD_MAX, PASSWORD_MIN } from "#server/staff/model.ts";

/** Name and password of whoever was invited; the second factor is set up on the next page. */
export function AcceptForm({ token }: { token: string }) {
  const t = useTranslations("staff.invitation");
  const form = useSubmit({
    send: (data) =>
      trpc.staff.invitations.accept.mutate(
        AcceptInvitation.parse({ token, name: data.get("name"), password: data.get("password") }),
      ),
    done: () => window.location.assign("/desk/sign-in"),
  });
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <TextField
        {...form.field("name")}
        label={t("name")}
        hint={t("nameHint")}
        autoComplete="nickname"
        maxLength={40}
        required
      />
      <TextField
        {...form.field("password")}
        label={t("password")}
        hint={t("passwordHint", { min: PASSWORD_MIN })}
        type="password"
        autoComplete="new-password"
        maxLength={PASSWORD_MAX}
        required
      />
      <SubmitButton form={form} size="wide">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
