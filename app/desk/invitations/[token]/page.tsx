import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { quietServer } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Corner } from "../../corner.tsx";
import { AcceptForm } from "./accept-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("staff.invitation");
  // The address carries the one-time token: nothing may pass it on.
  return { title: t("title"), referrer: "no-referrer" };
}

/** What a one-time link opens: who it is for, and the choice of a name and a password. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const api = await quietServer();
  const [invitation, t, desk, shell, say] = await Promise.all([
    api.staff.invitations.look({ token }).catch(() => null),
    getTranslations("staff.invitation"),
    getTranslations("desk"),
    getTranslations("shell"),
    formats(),
  ]);
  return (
    <div className="mx-auto grid max-w-[28rem] gap-4">
      <Corner />
      <PageHeader title={t("title")} />
      {invitation === null ? (
        <Notice tone="warn" title={t("closed")}>
          {t("closedHint")}
        </Notice>
      ) : (
        <ClientMessages of={["staff"]}>
          <Card className="grid gap-4">
            <div>
              <p>
                {t("for", {
                  email: invitation.email,
                  roles: invitation.roles.map((role) => desk(`roles.${role}`)).join(shell("listComma")),
                })}
              </p>
              <p className="text-sm text-ink-3">{t("until", { at: say.dateTime(invitation.expiresAt) })}</p>
            </div>
            <AcceptForm token={token} />
          </Card>
        </ClientMessages>
      )}
    </div>
  );
}
