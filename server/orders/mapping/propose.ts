import type { SeenTable } from "./look.ts";
import type { AfterSaleMeaning, Mappable, Mapping, Meaning, SensitiveKind } from "./model.ts";

/** A mapping in the making: what is known so far, with nothing in it that nobody said or guessed. */
export type Draft = Omit<Mapping, "source" | "assumed"> & Pick<Partial<Mapping>, "source" | "assumed">;

/** The mapping that follows from what a file shows, for somebody to correct and confirm. */
export function propose(table: SeenTable): Draft {
  const columns: Partial<Record<Mappable, string>> = {};
  for (const { field, column } of table.guesses) columns[field] = table.columns[column]?.key;
  return {
    header: [...table.header],
    columns,
    platform: table.platform ?? table.known?.platform ?? "other",
    unit: table.unit,
    amounts: table.amounts,
    refunds: "returned",
    words: wordsOf(table, columns.status),
    afterSaleWords: afterSaleWordsOf(table, columns.afterSale),
    sensitive: sensitiveIn(table),
  };
}

/** What the words of a status column are known to mean; unknown ones are left for somebody to say. */
export function wordsOf(table: SeenTable, column: string | undefined): Record<string, Meaning> {
  return Object.fromEntries(
    wordsIn(table, column).flatMap(({ word, meaning }) => (meaning === null ? [] : [[word, meaning]])),
  );
}

/** The same for a column of after-sale words. */
export function afterSaleWordsOf(table: SeenTable, column: string | undefined): Record<string, AfterSaleMeaning> {
  return Object.fromEntries(
    wordsIn(table, column).flatMap(({ word, afterSale }) => (afterSale === null ? [] : [[word, afterSale]])),
  );
}

function wordsIn({ columns }: SeenTable, key: string | undefined) {
  return columns.find((column) => column.key === key)?.words ?? [];
}

function sensitiveIn({ columns }: SeenTable): Record<string, SensitiveKind> {
  return Object.fromEntries(
    columns.flatMap(({ key, sensitive }) => (sensitive === null || key === "" ? [] : [[key, sensitive]])),
  );
}
