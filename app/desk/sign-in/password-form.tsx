"use client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { pickPasskey } from "#app/passkeys.ts";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { type Role, SignIn } from "#server/staff/model.ts";
import { signInPath } from "./next-page.ts";

type Account = { readonly role: Role; readonly name: string; readonly email: string; readonly password: string };

/** E-mail and password, or a passkey alone. A full load follows, so that nothing of before stays in memory. */
export function PasswordForm({ next, accounts }: { next: string; accounts: readonly Account[] }) {
  const t = useTranslations("staff.signIn");
  const roles = useTranslations("desk.roles");
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const form = useSubmit({
    send: (data) =>
      trpc.staff.signIn.password.mutate(SignIn.parse({ email: data.get("email"), password: data.get("password") })),
    done: () => window.location.assign(signInPath(next)),
  });
  const passkey = useSubmit({
    send: async () =>
      trpc.staff.signIn.finishPasskey.mutate(await pickPasskey(await trpc.staff.signIn.startPasskey.mutate())),
    done: () => window.location.assign(next),
  });
  const fill = (account: Account) => {
    if (email.current) email.current.value = account.email;
    if (password.current) password.current.value = account.password;
    password.current?.form?.requestSubmit();
  };
  return (
    <div className="grid gap-4">
      <form {...form.props} className="grid gap-4">
        <FormProblem form={form} signIn="/desk/sign-in" />
        <TextField
          {...form.field("email")}
          ref={email}
          label={t("email")}
          type="email"
          autoComplete="username"
          maxLength={254}
          required
        />
        <TextField
          {...form.field("password")}
          ref={password}
          label={t("password")}
          type="password"
          autoComplete="current-password"
          maxLength={128}
          required
        />
        <SubmitButton form={form} size="wide">
          {t("submit")}
        </SubmitButton>
      </form>
      <p className="text-center text-sm text-ink-3">{t("or")}</p>
      <FormProblem form={passkey} signIn="/desk/sign-in" />
      <Button size="wide" pending={passkey.pending} onClick={() => passkey.run()}>
        {t("passkey")}
      </Button>
      {accounts.length > 0 && (
        <section aria-labelledby="demo-accounts" className="grid gap-2 border-t border-line pt-4">
          <h2 id="demo-accounts" className="font-strong">
            {t("demo")}
          </h2>
          <p className="text-sm text-ink-2">{t("demoHint")}</p>
          <ul className="grid gap-1">
            {accounts.map((account) => (
              <li key={account.email}>
                <Button tone="quiet" size="sm" onClick={() => fill(account)}>
                  {t("demoFill", { role: roles(account.role), name: account.name })}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
