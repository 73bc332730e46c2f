import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge, type Tone } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";

export type Ticket = Awaited<ReturnType<Caller["consents"]["gateway"]["tickets"]>>["tickets"][number];

/** Requests to look at a minor's values, each leading to its own page. */
export function Tickets({
  tickets,
  purposeNames,
  first,
  next,
}: {
  tickets: readonly Ticket[];
  purposeNames: Readonly<Record<string, string>>;
  first: string | null;
  next: string | null;
}) {
  const t = useTranslations("consents.desk");
  const f = useFormats();
  if (tickets.length === 0 && first === null) {
    return (
      <Card>
        <FirstUse title={t("tickets.none")}>{t("tickets.noneHint")}</FirstUse>
      </Card>
    );
  }
  return (
    <Card>
      <Table
        caption={t("tickets.title")}
        hideCaption
        rows={tickets}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "whose",
            header: t("tickets.whose"),
            names: true,
            cell: (ticket) => (
              <TextLink href={`/desk/minors/${ticket.id}`}>
                <Whose ticket={ticket} />
              </TextLink>
            ),
          },
          { key: "purpose", header: t("tickets.purpose"), cell: ({ purpose }) => purposeNames[purpose] ?? purpose },
          { key: "reason", header: t("tickets.reason"), cell: ({ reason }) => reason },
          { key: "by", header: t("tickets.by"), cell: ({ requesterName }) => requesterName },
          { key: "at", header: t("tickets.at"), cell: ({ requestedAt }) => f.dateTime(requestedAt) },
          { key: "state", header: t("tickets.state"), cell: (ticket) => <TicketState ticket={ticket} /> },
        ]}
      />
      <Pager first={first} next={next} />
    </Card>
  );
}

/** Of whom a request is: a member, or a child by its number. */
export function Whose({ ticket: { memberNumber, childOrdinal } }: { ticket: Ticket }) {
  const t = useTranslations("consents.desk");
  return childOrdinal === null ? memberNumber : t("childOf", { number: memberNumber, ordinal: childOrdinal });
}

/** Where a request stands: waiting, open for so long, declined, or over. */
export function TicketState({ ticket }: { ticket: Ticket }) {
  const t = useTranslations("consents.desk.tickets.states");
  const { dateTime } = useFormats();
  const state = ticket.state === "declined" ? "declined" : ticket.over ? "over" : ticket.state;
  const tones: Record<typeof state, Tone> = { requested: "warn", approved: "ok", declined: "bad", over: "neutral" };
  return <Badge tone={tones[state]}>{t(state, { at: dateTime(ticket.expiresAt).slice(11) })}</Badge>;
}
