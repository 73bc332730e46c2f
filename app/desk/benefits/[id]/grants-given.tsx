import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";

type Given = Awaited<ReturnType<Caller["benefits"]["grants"]["list"]>>[number];

/** Uses that were given by hand beside what tiers give; they are given on a member's page. */
export function GrantsGiven({ grants }: { grants: readonly Given[] }) {
  const t = useTranslations("benefits.desk.grants");
  const f = useFormats();
  return (
    <Card title={t("given")}>
      {grants.length === 0 ? (
        <p className="text-ink-2">{t("givenNone")}</p>
      ) : (
        <Table
          caption={t("given")}
          hideCaption
          rows={grants}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "member",
              header: t("member"),
              names: true,
              cell: ({ memberId, memberNumber }) => (
                <TextLink href={`/desk/members/${memberId}`}>{memberNumber}</TextLink>
              ),
            },
            { key: "uses", header: t("uses"), align: "end", cell: ({ uses }) => f.count(uses) },
            { key: "reason", header: t("reason"), cell: ({ reason }) => reason },
            { key: "by", header: t("by"), cell: ({ grantedBy }) => grantedBy },
            { key: "at", header: t("at"), cell: ({ grantedAt }) => f.dateTime(grantedAt) },
            {
              key: "until",
              header: t("until"),
              cell: ({ endsAt, revokedAt }) =>
                revokedAt === null ? f.dateTime(endsAt) : t("revokedAt", { at: f.dateTime(revokedAt) }),
            },
          ]}
        />
      )}
    </Card>
  );
}
