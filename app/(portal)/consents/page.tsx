import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import type { Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { ToldNotice } from "../told-notice.tsx";
import { ConsentCard } from "./consent-card.tsx";
import { OtherProcessing } from "./other-processing.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.mine");
  return { title: t("title") };
}

/** 授权管理: every purpose for the member and for each child, where it stands, what was given under it, and how to change it. */
export default async function ConsentsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const api = await server();
  const [query, t, { consents, children, purposes }] = await Promise.all([
    searchParams,
    getTranslations("consents"),
    api.consents.ledger.mine(),
  ]);
  const shown = await Promise.all(
    consents.map(async (consent) => {
      const { purpose, child, standing } = consent;
      const isHeld = standing.state === "granted";
      const values = isHeld ? await api.consents.gateway.own({ purpose, childId: child?.id ?? null }) : [];
      return { consent, values };
    }),
  );
  const others = purposes.filter(({ terms }) => terms.basis !== "consent");
  const groups = [
    { id: "me", title: t("mine.me"), of: shown.filter(({ consent }) => consent.child === null) },
    ...children.map(({ id, ordinal }) => ({
      id,
      title: t("child", { ordinal }),
      of: shown.filter(({ consent }) => consent.child?.id === id),
    })),
  ].filter(({ of }) => of.length > 0);
  return (
    <>
      <PageHeader title={t("mine.title")} description={t("mine.description")} />
      <div className="grid gap-4">
        <ToldNotice query={query} />
        <ClientMessages of={["consents", "fields"]}>
          {groups.map(({ id, title, of }) => (
            <Card key={id} title={title}>
              <ul className="grid gap-5">
                {of.map(({ consent, values }) => (
                  <li key={consent.purpose} className="border-t border-line pt-4 first:border-0 first:pt-0">
                    <ConsentCard consent={consent} values={values} />
                  </li>
                ))}
              </ul>
            </Card>
          ))}
        </ClientMessages>
        {children.length === 0 && (
          <Card title={t("children.title")}>
            <p className="mb-3 text-ink-2">{t("mine.noChild")}</p>
            <LinkButton href="/children?next=/consents">{t("mine.addChild")}</LinkButton>
          </Card>
        )}
        {others.length > 0 && <OtherProcessing others={others} />}
        <Card title={t("mine.more")}>
          <ul>
            {(
              [
                ["/consents/receipts", t("mine.history")],
                ["/account", t("mine.looks")],
                ["/children", t("mine.children")],
                ["/notices", t("mine.notices")],
              ] as const
            ).map(([href, label]) => (
              <li key={href}>
                <TextLink href={href} className="inline-flex min-h-(--tap) items-center">
                  {label}
                </TextLink>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}
