import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { quietServer } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { JoinByPasskey } from "./join-by-passkey.tsx";
import { JoinByPhone } from "./join-by-phone.tsx";
import { nextPage } from "./next-page.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members.join");
  return { title: t("title") };
}

/** Joining and signing in are one page: a passkey with nothing personal at all, or a phone and a one-time code. */
export default async function JoinPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextPage((await searchParams).next);
  const api = await quietServer();
  const [door, t] = await Promise.all([api.members.door(), getTranslations("members.join")]);
  if (door.signedIn) redirect(next);
  return (
    <div className="mx-auto grid max-w-[30rem] gap-4">
      <PageHeader title={t("title")} description={t("lead")} />
      <ClientMessages of={["members"]}>
        <Card title={t("passkey")}>
          <p className="mb-3 text-ink-2">{t("passkeyHint")}</p>
          <JoinByPasskey next={next} />
        </Card>
        {door.sms !== "off" && (
          <Card title={t("phone")}>
            <p className="mb-3 text-ink-2">{t("phoneHint")}</p>
            <JoinByPhone next={next} showsOutbox={door.sms === "outbox"} />
          </Card>
        )}
      </ClientMessages>
      <p className="text-sm">
        <Link prefetch={false} href="/rules" className="inline-flex min-h-(--tap) items-center text-brand">
          {t("rules")}
        </Link>
      </p>
    </div>
  );
}
