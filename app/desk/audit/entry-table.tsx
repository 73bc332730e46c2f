import { useTranslations } from "next-intl";
import type { ActorKind } from "#server/audit/model.ts";
import { useFormats } from "../../format/use.ts";
import { Badge } from "../../ui/badge.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Table } from "../../ui/table.tsx";
import { useActionNames, useActorNames } from "./names.tsx";

type ListedEntry = {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly role: string | null;
  readonly action: string;
  readonly memberId: string | null;
  readonly memberNumber: string | null;
  readonly outcome: "done" | "refused";
  readonly seq: number | null;
};

/** Entries of the log, each leading to its proof. */
export function EntryTable({ entries }: { entries: readonly ListedEntry[] }) {
  const t = useTranslations("audit");
  const { exactTime, count } = useFormats();
  const [actionName, actorName] = [useActionNames(), useActorNames()];
  return (
    <Table
      caption={t("title")}
      hideCaption
      rows={entries}
      rowKey={(entry) => entry.id}
      columns={[
        {
          key: "at",
          header: t("at"),
          names: true,
          className: "whitespace-nowrap",
          cell: (entry) => <TextLink href={`/desk/audit/${entry.id}`}>{exactTime(entry.at)}</TextLink>,
        },
        { key: "actor", header: t("actor"), cell: actorName },
        { key: "action", header: t("action"), cell: (entry) => actionName(entry.action) },
        {
          key: "member",
          header: t("member"),
          cell: (entry) =>
            entry.memberId &&
            entry.memberNumber && <TextLink href={`/desk/members/${entry.memberId}`}>{entry.memberNumber}</TextLink>,
        },
        {
          key: "outcome",
          header: t("outcome"),
          cell: (entry) => (
            <Badge tone={entry.outcome === "done" ? "ok" : "warn"}>{t(`outcomes.${entry.outcome}`)}</Badge>
          ),
        },
        {
          key: "seq",
          header: t("seq"),
          align: "end",
          cell: (entry) => (entry.seq === null ? t("unsealed") : count(entry.seq)),
        },
      ]}
    />
  );
}
