import { declaredBy } from "../formats/generic.ts";
import { headOf } from "../reading/bytes.ts";
import { detectEncoding } from "../reading/encoding.ts";
import { tableOf } from "../reading/open.ts";
import type { ReadOptions, Source } from "../reading/reading.ts";
import { Row } from "../reading/row.ts";
import { burstsOf } from "../reading/table.ts";
import { csvText, type Everything, encoded, readAll } from "../reading/testing.ts";
import { type Look, look, type SeenTable } from "./look.ts";
import { Mapping } from "./model.ts";
import { propose } from "./propose.ts";

/** All cells of a file, sheet by sheet; a text file has one. */
export async function sheetsOf(source: Source): Promise<string[][][]> {
  const table = await tableOf(source, { leaks: "drop", encoding: detectEncoding(await headOf(source)) });
  if ("code" in table) throw new Error(table.code);
  const sheets: string[][][] = [];
  const row = new Row();
  for await (const burst of burstsOf(table)) {
    while (burst.next(row)) {
      while (sheets.length <= row.sheet) sheets.push([]);
      sheets.at(-1)?.push(row.cells());
    }
  }
  return sheets;
}

export async function cellsOf(source: Source): Promise<string[][]> {
  return (await sheetsOf(source)).flat();
}

/** The bytes of a text file of these rows. */
export function fileOf(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  return encoded(csvText(rows), "utf-8");
}

/** What a file that has a table looks like. */
export async function lookAt(source: Source | Uint8Array): Promise<SeenTable> {
  const seen = await look(source instanceof Uint8Array ? { bytes: source } : source, {});
  if (seen.kind !== "table") throw new Error(seen.code);
  return seen;
}

/** The mapping of somebody who takes every guess as it is, and says the rest. */
export function accepted(table: SeenTable, over: Partial<Mapping> = {}): Mapping {
  return Mapping.parse(completed(table, over));
}

function completed(table: SeenTable, over: Partial<Mapping> = {}) {
  const draft = { source: null, assumed: null, ...propose(table), ...over };
  return { ...draft, source: draft.platform === "other" ? (draft.source ?? "官网商城") : null };
}

/** Reads a file by a mapping, as `readAll` reads those of the platforms. */
export function readMapped(
  bytes: Uint8Array,
  mapping: Mapping,
  options: Partial<ReadOptions> = {},
): Promise<Everything> {
  return readAll(bytes, { ...options, declared: declaredBy(mapping) });
}

/**
 * Reads a file as somebody would have it read who takes every guess about its columns as it is; one of which no mapping
 * can be made, or whose platform is given, is read as without.
 */
export async function readAsGuessed(bytes: Uint8Array, options: Partial<ReadOptions> = {}): Promise<Everything> {
  const mapping = options.platform === undefined ? mappingFor(await look({ bytes }, options)) : null;
  return mapping === null ? readAll(bytes, options) : readMapped(bytes, mapping, options);
}

/** The same mapping; null for a file of which none can be made. */
export function mappingFor(seen: Look): Mapping | null {
  return seen.kind === "table" ? (Mapping.safeParse(completed(seen)).data ?? null) : null;
}
