import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { EndOtherSessions, EndSession, RemovePasskey, RemovePhone, SignOut } from "./acts.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { AddPhone } from "./add-phone.tsx";
import { Looks } from "./looks.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members.account");
  return { title: t("title") };
}

/** How a member gets in: card number, ways to sign in, signed-in devices. */
export default async function AccountPage() {
  const api = await server();
  const [mine, door, t, portal, say] = await Promise.all([
    api.members.account(),
    api.members.door(),
    getTranslations("members.account"),
    getTranslations("portal"),
    formats(),
  ]);
  const mayRemove = mine.passkeys.length + (mine.phone === null ? 0 : 1) > 1;
  return (
    <ClientMessages of={["members"]}>
      <PageHeader title={t("title")} />
      <div className="grid gap-4">
        <Card>
          <KeyValues
            items={[
              { key: "number", label: t("number"), value: mine.number },
              { key: "joinedAt", label: t("joinedAt"), value: say.date(mine.joinedAt) },
            ]}
          />
        </Card>
        <Card title={t("credentials")}>
          <p className="mb-3 text-ink-2">{t("credentialsHint")}</p>
          <ul className="mb-4 grid gap-3">
            {mine.passkeys.map((passkey) => (
              <li key={passkey.id} className="flex flex-wrap items-center justify-between gap-2">
                <div>
                  <p>{t("passkey", { device: passkey.device })}</p>
                  <p className="text-sm text-ink-3">
                    {t("passkeyNote", {
                      kept: t(passkey.backedUp ? "synced" : "single"),
                      at: say.date(passkey.createdAt),
                    })}
                  </p>
                </div>
                {mayRemove && <RemovePasskey passkeyId={passkey.id} what={t("passkey", { device: passkey.device })} />}
              </li>
            ))}
            {mine.phone && (
              <li className="flex flex-wrap items-center justify-between gap-2">
                <div>
                  <p>{t("phone", { masked: mine.phone.masked })}</p>
                  <p className="text-sm text-ink-3">{t("phoneNote", { at: say.date(mine.phone.verifiedAt) })}</p>
                </div>
                {mayRemove && <RemovePhone what={t("phone", { masked: mine.phone.masked })} />}
              </li>
            )}
          </ul>
          <div className="grid gap-3">
            <AddPasskey />
            {door.sms !== "off" && <AddPhone has={mine.phone !== null} showsOutbox={door.sms === "outbox"} />}
          </div>
        </Card>
        <Card title={t("sessions")} actions={mine.sessions.length > 1 && <EndOtherSessions />}>
          <ul className="grid gap-3">
            {mine.sessions.map((session) => (
              <li key={session.id} className="flex flex-wrap items-center justify-between gap-2">
                <div>
                  <p>{session.current ? t("current", { device: session.device }) : session.device}</p>
                  <p className="text-sm text-ink-3">{t("seen", { at: say.dateTime(session.lastSeenAt) })}</p>
                </div>
                {!session.current && <EndSession sessionId={session.id} device={session.device} />}
              </li>
            ))}
          </ul>
        </Card>
        <Looks />
        <Card title={t("given")}>
          <p className="mb-3 text-ink-2">{t("givenHint")}</p>
          <div className="flex flex-wrap gap-2">
            <LinkButton href="/consents">{portal("nav.consents")}</LinkButton>
            <LinkButton href="/children">{portal("nav.children")}</LinkButton>
          </div>
        </Card>
        <SignOut />
      </div>
    </ClientMessages>
  );
}
