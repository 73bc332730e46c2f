"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { StaffId } from "#server/core/id.ts";
import { AssignRoles as Input, type Role } from "#server/staff/model.ts";
import { RoleChoices } from "./role-choices.tsx";

/** Changes what a colleague may do, from their next act on. */
export function AssignRoles({ staffId, name, held }: { staffId: StaffId; name: string; held: readonly Role[] }) {
  const t = useTranslations("staff.list");
  const shell = useTranslations("shell");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const form = useSubmit({
    send: (data) => trpc.staff.roles.assign.mutate(Input.parse({ staffId, roles: data.getAll("roles") })),
    done: () => {
      setOpen(false);
      toast(t("assigned"));
      router.refresh();
    },
    explain: { roles: t("rolesMissing") },
  });
  return (
    <>
      <Button tone="quiet" size="sm" onClick={() => setOpen(true)}>
        {t("assign")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("assignTitle", { name })}>
        <form {...form.props} className="grid gap-4">
          <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
          <p className="text-ink-2">{t("assignHint")}</p>
          <RoleChoices error={form.field("roles").error} chosen={held} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>{shell("cancel")}</Button>
            <SubmitButton form={form}>{t("save")}</SubmitButton>
          </div>
        </form>
      </Dialog>
    </>
  );
}
