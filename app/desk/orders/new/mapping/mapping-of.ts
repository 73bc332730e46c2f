import type { SeenTable } from "#server/orders/mapping/look.ts";
import { type Mappable, Mapping, mappable } from "#server/orders/mapping/model.ts";
import type { Draft } from "#server/orders/mapping/propose.ts";

/** What each column was said to be, in the order of the file; "" for one that is not imported. */
export type Picks = readonly (Mappable | "")[];

/** What a draft says of each column of this file. */
export function picksOf({ columns }: SeenTable, draft: Draft): Picks {
  const fields = new Map(mappable.flatMap((field) => (draft.columns[field] ? [[draft.columns[field], field]] : [])));
  const taken = new Set<Mappable>();
  return columns.map(({ key }) => {
    const field = fields.get(key);
    if (field === undefined || taken.has(field)) return "";
    taken.add(field);
    return field;
  });
}

/** The same with one column said anew: what it is now, no other column is any more. */
export function picked(picks: Picks, at: number, field: Mappable | ""): Picks {
  return picks.map((before, column) => (column === at ? field : before === field ? "" : before));
}

export function columnOf({ columns }: SeenTable, picks: Picks, field: Mappable) {
  return columns[picks.indexOf(field)];
}

/** The mapping as the form states it. Throws ZodError for what is missing, by field. */
export function mappingOf(table: SeenTable, draft: Draft, picks: Picks, data: FormData): Mapping {
  const said = (name: string): string => data.get(name)?.toString().trim() ?? "";
  const status = columnOf(table, picks, "status");
  const afterSale = columnOf(table, picks, "afterSale");
  return Mapping.parse({
    header: table.header,
    columns: Object.fromEntries(table.columns.flatMap(({ key }, at) => (picks[at] ? [[picks[at], key]] : []))),
    platform: said("platform"),
    source: said("platform") === "other" ? said("source") : null,
    unit: said("unit"),
    amounts: said("amounts"),
    refunds: said("refunds") || draft.refunds,
    words: wordsSaid(status, draft.words, (word) => said(`status ${word}`)),
    afterSaleWords: wordsSaid(afterSale, draft.afterSaleWords, (word) => said(`afterSale ${word}`)),
    assumed: status === undefined ? said("assumed") || null : null,
    sensitive: draft.sensitive,
  });
}

/** The words of this file as they were said, and those that an earlier file had. */
function wordsSaid(
  column: SeenTable["columns"][number] | undefined,
  before: Readonly<Record<string, string>>,
  saidOf: (word: string) => string,
): Record<string, string> {
  if (column === undefined) return {};
  const words: Record<string, string> = { ...before };
  for (const { word } of column.words ?? []) {
    const meaning = saidOf(word);
    if (meaning === "") delete words[word];
    else words[word] = meaning;
  }
  return words;
}
