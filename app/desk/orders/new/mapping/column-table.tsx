import { useTranslations } from "next-intl";
import type { SeenTable } from "#server/orders/mapping/look.ts";
import { type Confidence, type Mappable, mappable } from "#server/orders/mapping/model.ts";
import { Badge, type Tone } from "../../../../ui/badge.tsx";
import { Select } from "../../../../ui/field.tsx";
import { Table } from "../../../../ui/table.tsx";
import type { Picks } from "./mapping-of.ts";

const tones = { high: "ok", medium: "info", low: "warn" } satisfies Record<Confidence, Tone>;

/** Every column of the file with masked samples, and what it is said to be. */
export function ColumnTable({
  table,
  picks,
  pick,
}: {
  table: SeenTable;
  picks: Picks;
  pick: (at: number, field: Mappable | "") => void;
}) {
  const t = useTranslations("mappings");
  const rows = table.columns.map((column, at) => ({
    ...column,
    at,
    label: column.name || t("columns.unnamed", { place: at + 1 }),
  }));
  type Row = (typeof rows)[number];
  const sureOf = ({ at }: Row): Confidence | undefined =>
    table.guesses.find(({ field, column }) => column === at && field === picks[at])?.confidence;
  return (
    <Table
      caption={t("columns.caption")}
      rows={rows}
      rowKey={({ at }) => String(at)}
      columns={[
        {
          key: "column",
          header: t("columns.column"),
          names: true,
          cell: ({ label, sensitive, at }) =>
            sensitive !== null && picks[at] === "" ? (
              <>
                <del className="text-ink-3">{label}</del> <Badge tone="neutral">{t("columns.notKept")}</Badge>
              </>
            ) : (
              <span className="break-words">{label}</span>
            ),
        },
        {
          key: "samples",
          header: t("columns.samples"),
          cell: ({ samples }) =>
            samples.length === 0 ? (
              <span className="text-ink-3">{t("columns.empty")}</span>
            ) : (
              <span className="grid break-all font-mono text-sm text-ink-2">
                {samples.map((sample) => (
                  <span key={sample}>{sample}</span>
                ))}
              </span>
            ),
        },
        {
          key: "meaning",
          header: t("columns.meaning"),
          className: "min-w-40",
          cell: ({ at, key, label }) => (
            <Select
              name={`column-${at}`}
              label={<span className="sr-only">{t("columns.meaningOf", { column: label })}</span>}
              blank={t("columns.skip")}
              value={picks[at] ?? ""}
              disabled={key === ""}
              onChange={({ target }) => pick(at, mappable.find((field) => field === target.value) ?? "")}
              options={mappable.map((field) => ({ value: field, label: t(`fields.${field}`) }))}
            />
          ),
        },
        {
          key: "confidence",
          header: t("columns.confidence"),
          cell: (row) => {
            const sure = sureOf(row);
            return sure && <Badge tone={tones[sure]}>{t(`confidences.${sure}`)}</Badge>;
          },
        },
      ]}
    />
  );
}
