"use client";
import { useTranslations } from "next-intl";
import { createPasskey } from "#app/passkeys.ts";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";

/** Adds a passkey of this device to one's own account. */
export function AddPasskey({ done }: { done: () => void }) {
  const t = useTranslations("staff.enrol");
  const form = useSubmit({
    send: async () =>
      trpc.staff.factors.finishNewPasskey.mutate(
        await createPasskey(await trpc.staff.factors.startNewPasskey.mutate()),
      ),
    done,
  });
  return (
    <div className="grid gap-3">
      <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
      <Button pending={form.pending} onClick={() => form.run()} className="justify-self-start">
        {t("addPasskey")}
      </Button>
    </div>
  );
}
