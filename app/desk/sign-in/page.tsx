import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { quietServer } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Corner } from "../corner.tsx";
import { Enrol } from "./enrol.tsx";
import { nextPage } from "./next-page.ts";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactor } from "./second-factor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("staff.signIn");
  return { title: t("title") };
}

/** Signing in, step by step: password or passkey, then the second factor, which the first time is set up here. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextPage((await searchParams).next);
  const api = await quietServer();
  const me = await api.staff.me().catch(() => null);
  if (me?.stage === "open") redirect(next);
  const step = me?.stage ?? "password";
  const [t, accounts] = await Promise.all([getTranslations("staff"), api.staff.demo.accounts()]);
  const titles = { password: t("signIn.title"), secondFactor: t("factor.title"), enrol: t("enrol.title") };
  const hints = { password: undefined, secondFactor: t("factor.signInHint"), enrol: t("enrol.hint") };
  return (
    <div className="mx-auto grid max-w-[28rem] gap-4">
      <Corner />
      <PageHeader title={titles[step]} description={hints[step]} />
      <ClientMessages of={["desk", "staff"]}>
        <Card>
          {step === "password" && <PasswordForm next={next} accounts={accounts} />}
          {step === "secondFactor" && me && <SecondFactor factors={me.factors} next={next} />}
          {step === "enrol" && <Enrol next={next} />}
        </Card>
      </ClientMessages>
    </div>
  );
}
