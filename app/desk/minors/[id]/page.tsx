import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { fieldNamesOf, purposeNamesOf } from "../../purposes.ts";
import { currentStaff } from "../../session.ts";
import { TicketState, Whose } from "../tickets.tsx";
import { DecideTicket } from "./decide-ticket.tsx";
import { ViewValues } from "./view-values.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.desk.tickets");
  return { title: t("one") };
}

/** One request to look at a minor's values: what is asked, why, who decides, and for half an hour the values. */
export default async function TicketPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"readTicket">(id)) notFound();
  const api = await server();
  const [t, shell, f, locale, staff, ticket, fields, activities] = await Promise.all([
    getTranslations("consents.desk.tickets"),
    getTranslations("shell"),
    formats(),
    getLocale(),
    currentStaff(),
    api.consents.gateway.ticket({ ticketId: id }),
    api.consents.fields.list(),
    api.consents.activities.list(),
  ]);
  const names = fieldNamesOf(fields, locale);
  const waits = ticket.state === "requested" && !ticket.over;
  const mayDecide = waits && !ticket.own && (staff?.permissions.includes("ticket:decide") ?? false);
  return (
    <ClientMessages of={["consents"]}>
      <PageHeader
        back={{ href: "/desk/minors", label: t("title") }}
        title={t("one")}
        badge={<TicketState ticket={ticket} />}
        actions={mayDecide && <DecideTicket ticketId={id} />}
      />
      <div className="grid gap-4">
        <Card title={t("asked")}>
          <KeyValues
            items={[
              {
                key: "whose",
                label: t("whose"),
                value: (
                  <TextLink href={`/desk/members/${ticket.memberId}`}>
                    <Whose ticket={ticket} />
                  </TextLink>
                ),
              },
              {
                key: "purpose",
                label: t("purpose"),
                value: purposeNamesOf(activities, locale)[ticket.purpose] ?? ticket.purpose,
              },
              {
                key: "fields",
                label: t("fields"),
                value: ticket.fields.map((key) => names[key] ?? key).join(shell("listComma")),
              },
              { key: "reason", label: t("reason"), value: ticket.reason },
              { key: "by", label: t("by"), value: ticket.requesterName },
              { key: "at", label: t("at"), value: f.dateTime(ticket.requestedAt) },
              { key: "decided", label: t("decidedAt"), value: f.dateTime(ticket.decidedAt) },
              { key: "until", label: t(waits ? "waitsUntil" : "openUntil"), value: f.dateTime(ticket.expiresAt) },
            ]}
          />
        </Card>
        {waits && ticket.own && <p className="text-ink-2">{t("waitsHint")}</p>}
        {ticket.open && ticket.own && (
          <Card title={t("values")}>
            <ViewValues ticketId={id} fields={fields.filter(({ key }) => ticket.fields.includes(key))} />
          </Card>
        )}
      </div>
    </ClientMessages>
  );
}
