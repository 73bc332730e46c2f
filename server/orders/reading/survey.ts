import { inspect } from "../leaks/detect.ts";
import { worthInspecting } from "../leaks/pretest.ts";
import { namesAddressee, TEXT } from "../leaks/roles.ts";
import { isRounded } from "./cells.ts";
import type { Binding } from "./header.ts";
import { Headers } from "./headers.ts";
import type { FileCode } from "./model.ts";
import type { ReadOptions, Survey } from "./reading.ts";
import { Row } from "./row.ts";
import { Togetherness } from "./seen.ts";
import { burstsOf, type Table } from "./table.ts";
import { WordCount } from "./words.ts";

/** From this share of rows with a clear name or phone of the addressee on, a file was plainly not desensitised. */
const CLEAR_SHARE = 0.2;
/**
 * Ids that end in zeros are damage when at least two orders show it, and one in a hundred: one in a thousand ids of 18
 * digits ends so by chance.
 */
const ROUNDED_ORDERS = 2;
const ROUNDED_SHARE = 0.01;

/** The first pass over a file: the header, the rows, and whatever would refuse the file whole. Keeps nothing of it. */
export async function surveyTable(
  table: Table,
  options: ReadOptions,
): Promise<Survey & { readonly first: Binding | null }> {
  const headers = new Headers(options);
  const words = new WordCount();
  const together = new Togetherness();
  const row = new Row();
  let records = 0;
  let filled = 0;
  let data = 0;
  let clear = 0;
  let rounded = 0;
  let roundedId = "";
  let surplus = 0;
  let leaking = false;
  let truncated = false;
  for await (const burst of burstsOf(table)) {
    while (burst.next(row)) {
      records = row.number;
      const kind = headers.classify(row);
      const { binding } = headers;
      if (kind === "preamble" && !row.isBlank()) filled += 1;
      if (kind !== "data" || binding === null) continue;
      data += 1;
      words.see(row, binding);
      together.see(headers.id);
      if (headers.id !== roundedId && isRounded(headers.id)) {
        rounded += 1;
        roundedId = headers.id;
      }
      if (row.count > binding.names.length && row.isEmptyFrom(binding.names.length)) surplus += 1;
      if (namesSomebody(row, binding)) clear += 1;
      if (options.leaks === "refuse" && !leaking) leaking = holdsLeak(row, binding);
      truncated = table.container === "csv" && row.isCutOff(binding.named);
    }
  }
  const { first, refusal } = headers;
  const codes: FileCode[] = [];
  if (first === null) codes.push(refusal?.code ?? (filled === 0 ? "EMPTY_FILE" : "HEADER_UNRECOGNISED"));
  else if (data > 0 && clear >= data * CLEAR_SHARE && options.allowClear !== true) codes.push("NOT_DESENSITISED");
  else if (leaking) codes.push("LEAKS_REFUSED");
  const outcome = codes.length > 0 ? "refused" : "accepted";
  if (outcome === "accepted" && data === 0) codes.push("NO_ROWS");
  if (outcome === "accepted" && truncated) codes.push("TRUNCATED");
  return {
    outcome,
    codes,
    columns: first === null ? (refusal?.columns ?? []) : [],
    container: table.container,
    encoding: table.container === "csv" ? table.encoding : null,
    platform: first?.platform ?? refusal?.platform ?? null,
    layout: first?.layout.name ?? refusal?.layout ?? null,
    records,
    words: words.finish(),
    surplusCells: surplus * 2 > data,
    together: together.holds,
    roundedIds: rounded >= Math.max(ROUNDED_ORDERS, data * ROUNDED_SHARE),
    first,
  };
}

/** Whether a column of the addressee's holds a clear name or phone. */
function namesSomebody(row: Row, { roles }: Binding): boolean {
  for (let at = 0; at < row.count; at++) {
    const role = roles[at] ?? TEXT;
    if (!namesAddressee(role) || !worthInspecting(row.text, row.start(at), row.end(at), role)) continue;
    if (inspect(row.cell(at), role).hits.length > 0) return true;
  }
  return false;
}

function holdsLeak(row: Row, { roles }: Binding): boolean {
  for (let at = 0; at < row.count; at++) {
    const role = roles[at] ?? TEXT;
    if (worthInspecting(row.text, row.start(at), row.end(at), role) && inspect(row.cell(at), role).hits.length > 0)
      return true;
  }
  return false;
}
