import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isId } from "#server/core/id.ts";
import { formats } from "../../../../format/server.ts";
import { ClientMessages } from "../../../../i18n/client-messages.tsx";
import { server } from "../../../../trpc/server.ts";
import { Badge, type Tone } from "../../../../ui/badge.tsx";
import { Card } from "../../../../ui/card.tsx";
import { KeyValues } from "../../../../ui/key-values.tsx";
import { TextLink } from "../../../../ui/link.tsx";
import { PageHeader } from "../../../../ui/page-header.tsx";
import { Table } from "../../../../ui/table.tsx";
import { DecideClaim } from "./decide-claim.tsx";

const tones = { disputed: "warn", granted: "ok", refused: "bad" } as const satisfies Record<string, Tone>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.dispute");
  return { title: t("one") };
}

/** One dispute: whose order, who claims it, and everything that was tried at it. What was said of it nobody can see. */
export default async function DisputePage({ params }: { params: Promise<{ claim: string }> }) {
  const { claim: claimId } = await params;
  if (!isId<"claim">(claimId)) notFound();
  const api = await server();
  const [found, t, all, f] = await Promise.all([
    api.orders.dispute({ claimId }),
    getTranslations("orders.dispute"),
    getTranslations("orders"),
    formats(),
  ]);
  const memberLink = (id: string | null) => id && <TextLink href={`/desk/members/${id}`}>{t("view")}</TextLink>;
  return (
    <>
      <PageHeader
        title={t("of", { id: found.maskedId })}
        badge={<Badge tone={tones[found.state]}>{t(`states.${found.state}`)}</Badge>}
        back={{ href: "/desk/orders/disputes", label: t("title") }}
        actions={
          found.state === "disputed" && (
            <ClientMessages of={["orders"]}>
              <DecideClaim claimId={claimId} />
            </ClientMessages>
          )
        }
      />
      <div className="grid gap-4">
        <Card>
          <KeyValues
            items={[
              {
                key: "order",
                label: t("order"),
                value: (
                  <TextLink href={`/desk/orders/console/${found.orderId}`} className="font-mono">
                    {found.maskedId}
                  </TextLink>
                ),
              },
              { key: "platform", label: t("platform"), value: all(`platforms.${found.platform}`) },
              { key: "placedAt", label: t("placedAt"), value: f.exactTime(found.placedAt) },
              { key: "claimant", label: t("claimant"), value: memberLink(found.memberId) },
              { key: "owner", label: t("owner"), value: memberLink(found.ownerId) ?? t("ownerNone") },
              { key: "at", label: t("at"), value: f.exactTime(found.createdAt) },
              ...(found.reason ? [{ key: "why", label: t("reason"), value: all(`claimReasons.${found.reason}`) }] : []),
            ]}
          />
        </Card>
        <Card title={t("evidence")}>
          <p className="mb-3 text-ink-2">{t("evidenceHint")}</p>
          <Table
            caption={t("evidenceCaption")}
            rows={found.attempts}
            rowKey={(attempt) => attempt.id}
            columns={[
              { key: "at", header: t("at"), names: true, cell: (attempt) => f.exactTime(attempt.at) },
              { key: "by", header: t("by"), cell: (attempt) => t(`parties.${attempt.by}`) },
              { key: "fact", header: t("fact"), cell: (attempt) => all(`mine.facts.${attempt.fact}`) },
              {
                key: "boreOut",
                header: t("result"),
                cell: (attempt) => (
                  <Badge tone={attempt.boreOut ? "ok" : "neutral"}>
                    {t(attempt.boreOut ? "boreOut" : "notBorneOut")}
                  </Badge>
                ),
              },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
