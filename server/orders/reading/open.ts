import { ownId } from "../order-key.ts";
import { headOf } from "./bytes.ts";
import { CsvParser } from "./csv.ts";
import { decoderFor, detectEncoding, sniff, withoutMark } from "./encoding.ts";
import { type Binding, type Expected, readHeader } from "./header.ts";
import { Headers } from "./headers.ts";
import { Holding } from "./holding.ts";
import { LineReader, type LineSettings } from "./lines.ts";
import type { Container, Encoding, FileCode } from "./model.ts";
import type { ReadBatch, Reading, ReadOptions, Seal, Source, Survey } from "./reading.ts";
import { Recogniser, type Recognition } from "./recognition.ts";
import { rejectsHeader } from "./rejects.ts";
import { Row } from "./row.ts";
import { SeenLines } from "./seen.ts";
import { surveyTable } from "./survey.ts";
import { burstsOf, type Table } from "./table.ts";
import { Workbook } from "./xlsx.ts";
import { ZipRefused } from "./zip.ts";

const DELIMITERS = [",", "\t", ";", "|"];
const HEADER_LINES = 60;

/**
 * Opens an order file: finds out by its bytes what it is, reads it once to see whether it may be taken in at all, and
 * gives its rows on demand. A refused file is a result, not an error; only a disk that fails throws.
 */
export async function openOrders(source: Source, options: ReadOptions): Promise<Reading> {
  try {
    const table = await tableOf(source, options);
    if ("code" in table) return refused(table.code, table.container);
    const { first, ...survey } = await surveyTable(table, options);
    return {
      survey,
      rejectsHeader: first === null ? "" : rejectsHeader(first),
      batches: (seal, recognition) => batchesOf(table, survey, options, seal, recognition),
    };
  } catch (error) {
    if (error instanceof ZipRefused) return refused(error.code, error.code === "NOT_XLSX" ? "zip" : "xlsx");
    throw error;
  }
}

/** The table that a file holds, or why it holds none. Throws `ZipRefused`. */
export async function tableOf(
  source: Source,
  options: ReadOptions,
): Promise<Table | { readonly code: FileCode; readonly container: Container }> {
  const head = await headOf(source);
  if (head.length === 0) return { code: "EMPTY_FILE", container: "csv" };
  const container = sniff(head);
  if (container === "xls") return { code: "XLS_LEGACY", container };
  if (container === "html") return { code: "HTML_DISGUISED", container };
  if (container === "zip") return { container: "xlsx", source, workbook: await Workbook.open(source) };
  const encoding = options.encoding ?? detectEncoding(head);
  return { container: "csv", source, encoding, delimiter: delimiterOf(head, encoding, options) };
}

/** The separator under which the beginning of the text has a header we know, else the one that makes most of a table. */
function delimiterOf(head: Uint8Array, encoding: Encoding, { declared }: ReadOptions): string {
  const text = decoderFor(encoding).decode(withoutMark(head), { stream: true });
  const known = DELIMITERS.find((delimiter) => hasHeader(text, delimiter, { declared }));
  return known ?? DELIMITERS.reduce((best, next) => (cellsUnder(text, next) > cellsUnder(text, best) ? next : best));
}

/** How many cells the first lines fall into, counting lines of the most frequent width of three or more. */
function cellsUnder(text: string, delimiter: string): number {
  const widths = new Map<number, number>();
  for (const { length } of firstLines(text, delimiter)) widths.set(length, (widths.get(length) ?? 0) + 1);
  return Math.max(0, ...[...widths].map(([width, lines]) => (width < 3 ? 0 : width * lines)));
}

function hasHeader(text: string, delimiter: string, expected: Expected): boolean {
  for (const cells of firstLines(text, delimiter)) if (readHeader(cells, expected) !== null) return true;
  return false;
}

function* firstLines(text: string, delimiter: string): Generator<string[]> {
  const parser = new CsvParser(delimiter);
  const row = new Row();
  parser.push(text, true);
  for (let line = 0; line < HEADER_LINES && parser.next(row); line++) if (row.count < 1_000) yield row.cells();
}

async function* batchesOf(
  table: Table,
  survey: Survey,
  options: ReadOptions,
  seal: Seal,
  recognition: Recognition | undefined,
): AsyncGenerator<ReadBatch, void, undefined> {
  if (survey.outcome === "refused") return;
  const settings: LineSettings = {
    seal: within(options.declared?.space ?? null, seal),
    leaks: options.leaks,
    roundedIds: survey.roundedIds,
    surplusCells: survey.surplusCells,
    isText: table.container === "csv",
    from1904: table.container === "xlsx" && table.workbook.from1904,
    seen: new SeenLines(survey.records),
  };
  const headers = new Headers(options);
  // A workbook says more in a cell than its text.
  const recognisable = recognition !== undefined && settings.isText && survey.together;
  const holding = new Holding(recognisable ? new Recogniser(recognition) : null);
  let bound: Binding | null = null;
  let reader: LineReader | null = null;
  for await (const burst of burstsOf(table)) {
    while (burst.next(holding.row)) {
      const kind = headers.classify(holding.row);
      if (reader === null || bound !== headers.binding) {
        bound = headers.binding;
        reader = bound && new LineReader(bound, settings);
      }
      if (holding.endsBefore(kind === "data" ? reader : null, headers.id)) yield* holding.turn();
      if (kind === "footer" || kind === "repeated") holding.take(kind);
      else if (kind === "data" && reader !== null) holding.takeOrder(reader, headers.id, burst.suspect);
      else holding.pass();
    }
  }
  yield* holding.rest();
}

/** Order ids of one's own are unique within their source alone. */
function within(space: string | null, seal: Seal): Seal {
  return space === null ? seal : (platform, id) => seal(platform, ownId(space, id));
}

function refused(code: FileCode, container: Container): Reading {
  const survey: Survey = {
    outcome: "refused",
    codes: [code],
    columns: [],
    container,
    encoding: null,
    platform: null,
    layout: null,
    records: 0,
    words: { status: [], afterSale: [] },
    roundedIds: false,
    surplusCells: false,
    together: true,
  };
  return { survey, rejectsHeader: "", batches: nothing };
}

async function* nothing(): AsyncGenerator<ReadBatch, void, undefined> {}
