import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { TierName } from "#app/ui/badge.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import { tierName } from "#server/tiers/ladders/rules.ts";
import type { LadderTerms } from "#server/tiers/model.ts";
import { DecideAssignment } from "./decide-assignment.tsx";

type List = Awaited<ReturnType<Caller["tiers"]["assignments"]["list"]>>;
type Row = List["waiting"][number];

/** Tiers given by hand: what waits for a second person, and what was given lately. */
export function Assignments({ list, terms, mayDecide }: { list: List; terms: LadderTerms | null; mayDecide: boolean }) {
  const t = useTranslations("tiers.desk");
  const locale = useLocale();
  const f = useFormats();
  const name = (code: string) => (terms === null ? code : tierName(terms, code, locale));
  const lastDay = ({ endsAt }: Row) => f.date(new Date(endsAt.getTime() - 1));
  const columns: Column<Row>[] = [
    { key: "card", header: t("card"), names: true, cell: ({ cardNumber }) => cardNumber },
    {
      key: "tier",
      header: t("assignedTo"),
      cell: ({ tier }) => (
        <span>
          <TierName tier={tier}>{name(tier)}</TierName>
        </span>
      ),
    },
    { key: "why", header: t("why"), cell: ({ reason }) => reason },
    { key: "until", header: t("until"), align: "end", cell: lastDay },
  ];
  const act: Column<Row> = {
    key: "act",
    header: t("decide"),
    align: "end",
    cell: (row) => (
      <DecideAssignment assignmentId={row.id} card={row.cardNumber} tier={name(row.tier)} until={lastDay(row)} />
    ),
  };
  return (
    <div className="grid gap-4">
      {list.waiting.length === 0 ? (
        <p className="text-ink-2">{t("waitingNone")}</p>
      ) : (
        <Table
          caption={t("waiting")}
          rows={list.waiting}
          rowKey={({ id }) => id}
          columns={mayDecide ? [...columns, act] : columns}
        />
      )}
      {list.recent.length === 0 ? (
        <p className="text-ink-2">{t("recentNone")}</p>
      ) : (
        <Table caption={t("recent")} rows={list.recent} rowKey={({ id }) => id} columns={columns} />
      )}
    </div>
  );
}
