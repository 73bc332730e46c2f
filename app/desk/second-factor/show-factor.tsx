"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { pickPasskey } from "#app/passkeys.ts";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { ShowTotp } from "#server/staff/model.ts";

export type Factors = { readonly totp: boolean; readonly passkeys: number };

/** Asks for the second factor: an authenticator code, a passkey, or either. `done` once it was right. */
export function ShowFactor({ factors, done }: { factors: Factors; done: () => void }) {
  const t = useTranslations("staff.factor");
  const field = useRef<HTMLInputElement>(null);
  const [demo, setDemo] = useState<string | null>(null);
  const code = useSubmit({
    send: (data) => trpc.staff.factors.showTotp.mutate(ShowTotp.parse({ code: data.get("code") })),
    done,
  });
  const passkey = useSubmit({
    send: async () =>
      trpc.staff.factors.finishPasskey.mutate(await pickPasskey(await trpc.staff.factors.startPasskey.mutate())),
    done,
  });
  useEffect(() => {
    void trpc.staff.demo.code.query().then(setDemo, () => undefined);
  }, []);
  return (
    <div className="grid gap-4">
      {factors.totp && (
        <form {...code.props} className="grid gap-4">
          <FormProblem form={code} signIn="/desk/sign-in" />
          <TextField
            {...code.field("code")}
            ref={field}
            label={t("code")}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={16}
            autoFocus
            required
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton form={code}>{t("submit")}</SubmitButton>
            {demo !== null && (
              <Button
                onClick={() => {
                  if (field.current) field.current.value = demo;
                  field.current?.focus();
                }}
              >
                {t("demoFill")}
              </Button>
            )}
          </div>
        </form>
      )}
      {factors.passkeys > 0 && (
        <div className="grid gap-4">
          <FormProblem form={passkey} signIn="/desk/sign-in" />
          <Button
            tone={factors.totp ? "plain" : "primary"}
            pending={passkey.pending}
            onClick={() => passkey.run()}
            className="justify-self-start"
          >
            {t("passkey")}
          </Button>
        </div>
      )}
    </div>
  );
}
