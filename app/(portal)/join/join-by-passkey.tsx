"use client";
import { useTranslations } from "next-intl";
import { createPasskey, pickPasskey } from "#app/passkeys.ts";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";

/** Two buttons: become a member with a new passkey, or come back with the one there is. */
export function JoinByPasskey({ next }: { next: string }) {
  const t = useTranslations("members.join");
  const done = () => window.location.assign(next);
  const join = useSubmit({
    send: async () =>
      trpc.members.passkeys.finishJoin.mutate(await createPasskey(await trpc.members.passkeys.startJoin.mutate())),
    done,
  });
  const back = useSubmit({
    send: async () =>
      trpc.members.passkeys.finishSignIn.mutate(await pickPasskey(await trpc.members.passkeys.startSignIn.mutate())),
    done,
  });
  return (
    <div className="grid gap-3">
      <FormProblem form={join} signIn="/join" />
      <FormProblem form={back} signIn="/join" />
      <Button tone="primary" size="wide" pending={join.pending} onClick={() => join.run()}>
        {t("create")}
      </Button>
      <Button size="wide" pending={back.pending} onClick={() => back.run()}>
        {t("use")}
      </Button>
    </div>
  );
}
