import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import { DecideCase } from "./decide-case.tsx";

type Case = Awaited<ReturnType<Caller["consents"]["guardianship"]["cases"]>>["cases"][number];

/** Disputed guardianships: while one is open nothing about the child is read. */
export function Cases({
  cases,
  open,
  mayDecide,
  first,
  next,
}: {
  cases: readonly Case[];
  open: boolean;
  mayDecide: boolean;
  first: string | null;
  next: string | null;
}) {
  const t = useTranslations("consents.desk");
  const f = useFormats();
  if (cases.length === 0 && first === null) {
    return (
      <Card>
        <FirstUse title={t(open ? "cases.noneOpen" : "cases.noneDecided")}>{open && t("cases.noneHint")}</FirstUse>
      </Card>
    );
  }
  const decided: Column<Case>[] = [
    {
      key: "state",
      header: t("cases.decision"),
      cell: ({ state }) => <Badge tone={state === "upheld" ? "ok" : "neutral"}>{t(`cases.states.${state}`)}</Badge>,
    },
    { key: "note", header: t("cases.note"), cell: ({ note }) => note },
    { key: "decidedAt", header: t("cases.decidedAt"), cell: ({ decidedAt }) => f.dateTime(decidedAt) },
  ];
  const act: Column<Case> = {
    key: "act",
    header: t("cases.decide"),
    cell: ({ id }) => <DecideCase caseId={id} />,
  };
  return (
    <Card>
      <Table
        caption={t(open ? "cases.open" : "cases.decided")}
        hideCaption
        rows={cases}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "whose",
            header: t("cases.guardian"),
            names: true,
            cell: ({ guardianId, guardianNumber, childOrdinal }) => (
              <TextLink href={`/desk/members/${guardianId}`}>
                {t("childOf", { number: guardianNumber, ordinal: childOrdinal })}
              </TextLink>
            ),
          },
          { key: "relation", header: t("cases.relation"), cell: ({ relation }) => t(`relations.${relation}`) },
          { key: "reason", header: t("cases.reason"), cell: ({ reason }) => t(`cases.reasons.${reason}`) },
          {
            key: "by",
            header: t("cases.by"),
            cell: ({ byMember }) =>
              byMember === null ? (
                t("cases.byStaff")
              ) : (
                <TextLink href={`/desk/members/${byMember}`}>{t("cases.byMember")}</TextLink>
              ),
          },
          { key: "at", header: t("cases.openedAt"), cell: ({ openedAt }) => f.dateTime(openedAt) },
          ...(open ? (mayDecide ? [act] : []) : decided),
        ]}
      />
      <Pager first={first} next={next} />
    </Card>
  );
}
