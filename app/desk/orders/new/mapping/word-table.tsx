import { useTranslations } from "next-intl";
import type { SeenColumn } from "#server/orders/mapping/model.ts";
import { useFormats } from "../../../../format/use.ts";
import { Card } from "../../../../ui/card.tsx";
import { type Option, Select } from "../../../../ui/field.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { Table } from "../../../../ui/table.tsx";

/** Every word of a status column, and what it is said to mean. `start` has what is known of them. */
export function WordTable({
  kind,
  title,
  caption,
  column,
  start,
  options,
}: {
  kind: "status" | "afterSale";
  title: string;
  caption: string;
  column: SeenColumn;
  start: Readonly<Record<string, string>>;
  options: readonly Option[];
}) {
  const t = useTranslations("mappings.words");
  const f = useFormats();
  return (
    <Card title={title} level={3}>
      {column.words === null ? (
        <Notice tone="warn">{t("many")}</Notice>
      ) : (
        <Table
          caption={caption}
          rows={column.words}
          rowKey={({ word }) => word}
          columns={[
            { key: "word", header: t("word"), names: true, cell: ({ word }) => word },
            { key: "count", header: t("count"), align: "end", cell: ({ count }) => f.count(count) },
            {
              key: "meaning",
              header: t("meaning"),
              className: "min-w-48",
              cell: ({ word, meaning, afterSale }) => (
                <Select
                  name={`${kind} ${word}`}
                  label={<span className="sr-only">{t("meaningOf", { word })}</span>}
                  blank={t("unset")}
                  defaultValue={start[word] ?? (kind === "status" ? meaning : afterSale) ?? ""}
                  options={options}
                />
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
