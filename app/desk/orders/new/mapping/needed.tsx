import { useTranslations } from "next-intl";
import type { SeenTable } from "#server/orders/mapping/look.ts";
import type { Mappable } from "#server/orders/mapping/model.ts";
import { KeyValues } from "../../../../ui/key-values.tsx";
import { columnOf, type Picks } from "./mapping-of.ts";

/** What no order can be read without, and which column says it; a refusal's links lead here. */
const needs: readonly { readonly key: Mappable; readonly any: readonly Mappable[] }[] = [
  { key: "orderId", any: ["orderId"] },
  { key: "paid", any: ["paid"] },
  { key: "status", any: ["status"] },
  { key: "placedAt", any: ["placedAt", "paidAt", "shippedAt", "completedAt"] },
];

export function Needed({ table, picks }: { table: SeenTable; picks: Picks }) {
  const t = useTranslations("mappings");
  return (
    <KeyValues
      items={needs.map(({ key, any }) => {
        const column = any.flatMap((field) => columnOf(table, picks, field) ?? [])[0];
        return {
          key,
          label: t(`fields.${key}`),
          value: (
            <span id={`field-${key}`} tabIndex={-1}>
              {column === undefined ? <span className="text-warn">{t(`needed.${key}`)}</span> : column.name}
            </span>
          ),
        };
      })}
    />
  );
}
