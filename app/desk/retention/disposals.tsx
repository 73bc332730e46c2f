import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";

type Disposal = Awaited<ReturnType<Caller["consents"]["retention"]["disposals"]>>["disposals"][number];

/** What was erased, of whom, and why: kept when the values are gone. */
export function Disposals({
  disposals,
  first,
  next,
  fieldNames,
  purposeNames,
}: {
  disposals: readonly Disposal[];
  first: string | null;
  next: string | null;
  fieldNames: Readonly<Record<string, string>>;
  purposeNames: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("consents.desk");
  const comma = useTranslations("shell")("listComma");
  const f = useFormats();
  return (
    <Card title={t("retention.disposals")}>
      {disposals.length === 0 && <p className="text-ink-2">{t("retention.disposalsNone")}</p>}
      {disposals.length > 0 && (
        <Table
          caption={t("retention.disposals")}
          hideCaption
          rows={disposals}
          rowKey={({ id }) => id}
          columns={[
            { key: "at", header: t("retention.at"), names: true, cell: ({ at }) => f.dateTime(at) },
            {
              key: "whose",
              header: t("retention.whose"),
              cell: ({ memberId, memberNumber, childOrdinal }) => (
                <TextLink href={`/desk/members/${memberId}`}>
                  {childOrdinal === null ? memberNumber : t("childOf", { number: memberNumber, ordinal: childOrdinal })}
                </TextLink>
              ),
            },
            { key: "purpose", header: t("retention.purpose"), cell: ({ purpose }) => purposeNames[purpose] ?? purpose },
            {
              key: "fields",
              header: t("retention.erased"),
              cell: ({ fields }) => fields.map((key) => fieldNames[key] ?? key).join(comma),
            },
            { key: "why", header: t("retention.why"), cell: ({ trigger }) => t(`retention.triggers.${trigger}`) },
          ]}
        />
      )}
      <Pager first={first} next={next} />
    </Card>
  );
}
