import { chunksOf } from "./bytes.ts";
import { CsvParser } from "./csv.ts";
import { decoderFor, withoutMark } from "./encoding.ts";
import type { Encoding } from "./model.ts";
import type { Source } from "./reading.ts";
import type { Row } from "./row.ts";
import type { Workbook } from "./xlsx.ts";

/** Some records that are at hand: `next` fills the row and says whether there was one. */
export type Burst = {
  next(row: Row): boolean;
  /** Whether anything so far was NUL or undecodable, so that cells must be looked at for it. */
  readonly suspect: boolean;
};

/** A table that can be read from its beginning any number of times. */
export type Table =
  | { readonly container: "csv"; readonly source: Source; readonly encoding: Encoding; readonly delimiter: string }
  | { readonly container: "xlsx"; readonly source: Source; readonly workbook: Workbook };

/** The records of a table, as they come off the disk: memory does not grow with the file. */
export async function* burstsOf(table: Table): AsyncGenerator<Burst, void, undefined> {
  if (table.container === "xlsx") {
    yield* table.workbook.bursts(table.source);
    return;
  }
  const decoder = decoderFor(table.encoding);
  const parser = new CsvParser(table.delimiter);
  let first = true;
  for await (const piece of chunksOf(table.source)) {
    parser.push(decoder.decode(first ? withoutMark(piece) : piece, { stream: true }), false);
    first = false;
    yield parser;
  }
  parser.push(decoder.decode(), true);
  yield parser;
}
