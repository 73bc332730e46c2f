import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import type { FieldFormat } from "#server/consents/fields/model.ts";
import { classTones } from "./class-tones.ts";

type Field = Awaited<ReturnType<Caller["consents"]["fields"]["catalogue"]>>["gated"][number];

/** The fields whose values lie in the vault, each with the activities that may ask for it. */
export function GatedTable({ fields }: { fields: readonly Field[] }) {
  const t = useTranslations("fields");
  const { date } = useFormats();
  const locale = useLocale();
  const formatText = useFormatText();
  return (
    <Card title={t("gated")}>
      <p className="mb-3 text-ink-2">{t("gatedHint")}</p>
      <Table
        caption={t("gated")}
        hideCaption
        rows={fields}
        rowKey={({ key }) => key}
        columns={[
          {
            key: "name",
            header: t("columns.name"),
            names: true,
            cell: ({ key, name }) => (
              <div className="grid">
                <span>{name[locale]}</span>
                <code className="font-mono text-sm text-ink-3">{key}</code>
              </div>
            ),
          },
          { key: "subject", header: t("columns.subject"), cell: ({ subject }) => t(`subjects.${subject}`) },
          {
            key: "class",
            header: t("columns.class"),
            cell: ({ class: of }) => <Badge tone={classTones[of]}>{t(`classes.${of}`)}</Badge>,
          },
          { key: "format", header: t("columns.format"), cell: ({ format }) => formatText(format) },
          {
            key: "uses",
            header: t("columns.uses"),
            cell: ({ uses }) =>
              uses.length === 0 ? (
                <span className="text-ink-3">{t("unused")}</span>
              ) : (
                <ul className="grid gap-1.5">
                  {uses.map(({ code, name, mandatory }) => (
                    <li key={code}>
                      <TextLink href={`/desk/activities/${code}`}>{name[locale]}</TextLink>{" "}
                      <span className="text-sm text-ink-2">{t(mandatory ? "mandatory" : "optional")}</span>
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            key: "origin",
            header: t("columns.origin"),
            cell: ({ addedAt }) => (addedAt === null ? t("product") : t("brand", { date: date(addedAt) })),
          },
        ]}
      />
    </Card>
  );
}

/** What a value looks like, in a few words. */
function useFormatText(): (format: FieldFormat) => string {
  const t = useTranslations("fields.formats");
  const shell = useTranslations("shell");
  const locale = useLocale();
  return (format) => {
    switch (format.kind) {
      case "month":
        return t("month");
      case "number": {
        const { min, max, decimals, measured } = format;
        const number = t("number", { min: String(min), max: String(max), unit: format.unit[locale], decimals });
        return measured ? `${number}${shell("listComma")}${t("measured")}` : number;
      }
      case "choice":
        return format.options.map(({ name }) => name[locale]).join(" / ");
      default:
        return t("text", { max: format.maxLength });
    }
  };
}
