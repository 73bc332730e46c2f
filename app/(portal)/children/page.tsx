import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { param, type Query } from "#app/ui/address.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { nextPage } from "../join/next-page.ts";
import { ToldNotice } from "../told-notice.tsx";
import { AddChild } from "./add-child.tsx";
import { DisputeGuardianship } from "./dispute-guardianship.tsx";
import { RemoveChild } from "./remove-child.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.children");
  return { title: t("title") };
}

/** The children of whom a member is guardian: known by a number, with nothing about them (PIPL Art. 31). */
export default async function ChildrenPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const next = param(query, "next");
  const api = await server();
  const [t, f, children] = await Promise.all([
    getTranslations("consents"),
    formats(),
    api.consents.guardianship.children(),
  ]);
  return (
    <ClientMessages of={["consents"]}>
      <PageHeader
        back={{ href: "/consents", label: t("mine.title") }}
        title={t("children.title")}
        description={t("children.description")}
      />
      <div className="grid gap-4">
        <ToldNotice query={query} />
        {children.length === 0 && (
          <Card>
            <FirstUse title={t("children.none")}>{t("children.noneHint")}</FirstUse>
          </Card>
        )}
        {children.map(({ id, ordinal, code, addedAt, relation }) => (
          <Card key={id} title={t("child", { ordinal })} actions={<RemoveChild childId={id} ordinal={ordinal} />}>
            <div className="grid gap-2">
              <Badge tone={relation?.state === "active" ? "ok" : relation === null ? "neutral" : "warn"}>
                {t(`children.states.${relation?.state ?? "ended"}`)}
              </Badge>
              <KeyValues
                items={[
                  ...(relation === null
                    ? []
                    : [
                        {
                          key: "relation",
                          label: t("children.relation"),
                          value: t(`children.relations.${relation.kind}`),
                        },
                      ]),
                  { key: "added", label: t("children.added"), value: f.date(addedAt) },
                  {
                    key: "code",
                    label: t("children.code"),
                    value: (
                      <>
                        <span className="font-mono">{`${code.slice(0, 4)} ${code.slice(4)}`}</span>
                        <span className="block text-sm text-ink-3">{t("children.codeHint")}</span>
                      </>
                    ),
                  },
                ]}
              />
            </div>
          </Card>
        ))}
        <Card title={t("children.add")}>
          <p className="mb-3 text-ink-2">{t("children.addHint")}</p>
          <AddChild next={next === undefined ? "/children" : nextPage(next)} />
        </Card>
        <Card title={t("children.birthday")}>
          <p className="text-ink-2">{t("children.birthdayHint")}</p>
        </Card>
        <Card title={t("children.dispute")}>
          <p className="mb-3 text-ink-2">{t("children.disputeHint")}</p>
          <DisputeGuardianship />
        </Card>
      </div>
    </ClientMessages>
  );
}
