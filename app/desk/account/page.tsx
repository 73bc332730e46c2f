import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { Authenticator } from "./authenticator.tsx";
import { ChangePassword } from "./change-password.tsx";
import { NewPasskey } from "./new-passkey.tsx";
import { RemovePasskey } from "./remove-passkey.tsx";
import { EndOtherSessions, EndSession } from "./sessions.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("staff.account");
  return { title: t("title") };
}

/** One's own account: second factors, signed-in devices, password. */
export default async function AccountPage() {
  const api = await server();
  const [mine, t, say] = await Promise.all([api.staff.account(), getTranslations("staff.account"), formats()]);
  const canRemove = mine.passkeys.length + (mine.totpSince === null ? 0 : 1) > 1;
  return (
    <ClientMessages of={["desk", "staff"]}>
      <PageHeader title={t("title")} description={t("description", { name: mine.name, email: mine.email })} />
      <div className="grid gap-4">
        <Card title={t("factors")}>
          <div className="grid gap-3">
            <p>{mine.totpSince ? t("totpSince", { at: say.dateTime(mine.totpSince) }) : t("totpNone")}</p>
            <Authenticator isSet={mine.totpSince !== null} canRemove={canRemove} />
          </div>
        </Card>
        <Card title={t("passkeys")} actions={<NewPasskey />}>
          {mine.passkeys.length === 0 ? (
            <FirstUse title={t("passkeysNone")}>{t("passkeysNoneHint")}</FirstUse>
          ) : (
            <Table
              caption={t("passkeys")}
              hideCaption
              rows={mine.passkeys}
              rowKey={(passkey) => passkey.id}
              columns={[
                { key: "device", header: t("device"), names: true, cell: (passkey) => passkey.device },
                { key: "kept", header: t("kept"), cell: (passkey) => t(passkey.backedUp ? "synced" : "single") },
                { key: "createdAt", header: t("createdAt"), cell: (passkey) => say.dateTime(passkey.createdAt) },
                {
                  key: "lastUsedAt",
                  header: t("lastUsedAt"),
                  cell: (passkey) => (passkey.lastUsedAt ? say.relative(passkey.lastUsedAt) : t("never")),
                },
                {
                  key: "act",
                  header: t("act"),
                  cell: (passkey) => canRemove && <RemovePasskey passkeyId={passkey.id} />,
                },
              ]}
            />
          )}
        </Card>
        <Card title={t("sessions")} actions={mine.sessions.length > 1 && <EndOtherSessions />}>
          <Table
            caption={t("sessions")}
            hideCaption
            rows={mine.sessions}
            rowKey={(session) => session.id}
            columns={[
              {
                key: "device",
                header: t("device"),
                names: true,
                cell: (session) => (session.current ? t("current", { device: session.device }) : session.device),
              },
              { key: "since", header: t("since"), cell: (session) => say.dateTime(session.createdAt) },
              { key: "lastSeenAt", header: t("lastSeenAt"), cell: (session) => say.relative(session.lastSeenAt) },
              {
                key: "act",
                header: t("act"),
                cell: (session) => !session.current && <EndSession sessionId={session.id} device={session.device} />,
              },
            ]}
          />
        </Card>
        <Card title={t("password")}>
          <ChangePassword />
        </Card>
      </div>
    </ClientMessages>
  );
}
