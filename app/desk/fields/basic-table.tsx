import { useLocale, useTranslations } from "next-intl";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import { classTones } from "./class-tones.ts";

type Datum = Awaited<ReturnType<Caller["consents"]["fields"]["catalogue"]>>["basic"][number];

/** Everything else that is kept about a person: where it lies, in what form, for how long. */
export function BasicTable({ data }: { data: readonly Datum[] }) {
  const t = useTranslations("fields");
  const locale = useLocale();
  return (
    <Card title={t("basic")}>
      <p className="mb-3 text-ink-2">{t("basicHint")}</p>
      <Table
        caption={t("basic")}
        hideCaption
        rows={data}
        rowKey={({ key }) => key}
        columns={[
          { key: "name", header: t("columns.name"), names: true, cell: ({ name }) => name[locale] },
          { key: "subject", header: t("columns.subject"), cell: ({ subject }) => t(`subjects.${subject}`) },
          {
            key: "class",
            header: t("columns.class"),
            cell: ({ class: of }) => <Badge tone={classTones[of]}>{t(`classes.${of}`)}</Badge>,
          },
          { key: "masking", header: t("columns.masking"), cell: ({ masking }) => t(`maskings.${masking}`) },
          {
            key: "uses",
            header: t("columns.uses"),
            cell: ({ uses }) => (
              <ul className="grid gap-1.5">
                {uses.map(({ code, name }) => (
                  <li key={code}>
                    <TextLink href={`/desk/activities/${code}`}>{name[locale]}</TextLink>
                  </li>
                ))}
              </ul>
            ),
          },
          { key: "retention", header: t("columns.retention"), cell: ({ retention }) => t(`keepings.${retention}`) },
          { key: "disposal", header: t("columns.disposal"), cell: ({ disposal }) => t(`endings.${disposal}`) },
          {
            key: "locations",
            header: t("columns.locations"),
            cell: ({ locations }) => (
              <details>
                <summary className="min-h-(--tap) cursor-pointer whitespace-nowrap">
                  {t("places", { count: locations.length })}
                </summary>
                <ul className="font-mono text-sm break-all text-ink-2">
                  {locations.map((place) => (
                    <li key={place}>{place}</li>
                  ))}
                </ul>
              </details>
            ),
          },
        ]}
      />
    </Card>
  );
}
