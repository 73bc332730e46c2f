import { useLocale, useTranslations } from "next-intl";
import { Card } from "#app/ui/card.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";

type Purpose = Awaited<ReturnType<Caller["consents"]["retention"]["schedule"]>>["purposes"][number];

/** How long each purpose keeps what was given for it, counted from what. */
export function Schedule({
  purposes,
  fieldNames,
}: {
  purposes: readonly Purpose[];
  fieldNames: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("consents.desk.retention");
  const comma = useTranslations("shell")("listComma");
  const locale = useLocale();
  return (
    <Card title={t("schedule")}>
      {purposes.length === 0 ? (
        <p className="text-ink-2">{t("scheduleNone")}</p>
      ) : (
        <Table
          caption={t("schedule")}
          hideCaption
          rows={purposes}
          rowKey={({ code }) => code}
          columns={[
            { key: "purpose", header: t("purpose"), names: true, cell: ({ name }) => name[locale] },
            { key: "state", header: t("state"), cell: ({ state }) => t(`activityStates.${state}`) },
            {
              key: "fields",
              header: t("fields"),
              cell: ({ fields }) => fields.map(({ key }) => fieldNames[key] ?? key).join(comma),
            },
            {
              key: "kept",
              header: t("kept"),
              cell: ({ retention }) => t(`keptFor.${retention.trigger}`, { days: retention.days }),
            },
          ]}
        />
      )}
    </Card>
  );
}
