"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { CodeBlock } from "#app/ui/code-block.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { Invite } from "#server/staff/model.ts";
import { RoleChoices } from "./role-choices.tsx";

/** Makes a one-time link for a new colleague and shows it the one time it is ever shown. */
export function InviteStaff() {
  const t = useTranslations("staff.invite");
  const list = useTranslations("staff.list");
  const shell = useTranslations("shell");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const form = useSubmit({
    send: (data) =>
      trpc.staff.invitations.create.mutate(Invite.parse({ email: data.get("email"), roles: data.getAll("roles") })),
    done: ({ path }) => setLink(new URL(path, window.location.origin).href),
    explain: { email: t("emailInvalid"), roles: list("rolesMissing") },
  });
  const close = () => {
    setOpen(false);
    setLink(null);
    router.refresh();
  };
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        {t("action")}
      </Button>
      <Dialog open={open} onClose={close} title={link === null ? t("title") : t("made")}>
        {link === null ? (
          <form {...form.props} className="grid gap-4">
            <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
            <TextField
              {...form.field("email")}
              label={t("email")}
              hint={t("emailHint")}
              type="email"
              autoComplete="off"
              maxLength={254}
              required
            />
            <RoleChoices error={form.field("roles").error} />
            <div className="flex justify-end gap-2">
              <Button onClick={close}>{shell("cancel")}</Button>
              <SubmitButton form={form}>{t("submit")}</SubmitButton>
            </div>
          </form>
        ) : (
          <div className="grid gap-4">
            <Notice tone="warn" live>
              {t("madeHint")}
            </Notice>
            <CodeBlock label={t("link")} text={link} />
            <div className="flex justify-end">
              <Button tone="primary" onClick={close}>
                {t("kept")}
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}
