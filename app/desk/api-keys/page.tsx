import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { currentStaff } from "../session.ts";
import { CreateKey } from "./create-key.tsx";
import { RevokeKey } from "./revoke-key.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiKeys");
  return { title: t("title") };
}

/** The keys of shop systems: what each may do, when it was last used, and how to end it. */
export default async function ApiKeysPage() {
  const api = await server();
  const [keys, staff, t, say] = await Promise.all([
    api.apiKeys.list(),
    currentStaff(),
    getTranslations("apiKeys"),
    formats(),
  ]);
  const mayChange = staff?.permissions.includes("apiKey:create") ?? false;
  const create = mayChange ? <CreateKey /> : null;
  return (
    <ClientMessages of={["apiKeys"]}>
      <PageHeader title={t("title")} description={t("description")} actions={keys.length > 0 && create} />
      <Card>
        {keys.length === 0 ? (
          <FirstUse title={t("none")} action={create}>
            {t("noneHint")}
          </FirstUse>
        ) : (
          <Table
            caption={t("title")}
            hideCaption
            rows={keys}
            rowKey={(key) => key.id}
            columns={[
              { key: "name", header: t("name"), names: true, cell: (key) => key.name },
              {
                key: "start",
                header: t("start"),
                cell: (key) => <code className="font-mono text-sm">{key.start}…</code>,
              },
              {
                key: "scopes",
                header: t("scopes"),
                cell: (key) => (
                  <ul className="text-sm">
                    {key.scopes.map((scope) => (
                      <li key={scope}>{t(`scope.${scope.replace(":", "_")}`)}</li>
                    ))}
                  </ul>
                ),
              },
              { key: "createdAt", header: t("createdAt"), cell: (key) => say.dateTime(key.createdAt) },
              { key: "lastUsed", header: t("lastUsed"), cell: (key) => key.lastUsedDay ?? t("never") },
              {
                key: "state",
                header: t("state"),
                cell: (key) =>
                  key.revokedAt === null ? (
                    <Badge tone="ok">{t("valid")}</Badge>
                  ) : (
                    <Badge tone="neutral">{t("revokedAt", { at: say.dateTime(key.revokedAt) })}</Badge>
                  ),
              },
              ...(mayChange
                ? [
                    {
                      key: "act",
                      header: t("act"),
                      cell: (key: (typeof keys)[number]) =>
                        key.revokedAt === null && <RevokeKey apiKeyId={key.id} name={key.name} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Card>
      <p className="mt-4 text-ink-2">
        {t("documentation")} <TextLink href="/api/v1/openapi.json">/api/v1/openapi.json</TextLink>
      </p>
    </ClientMessages>
  );
}
