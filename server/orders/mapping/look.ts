import { ADDRESS, ID_CARD, NAME, PHONE, type Role, roleOf } from "../leaks/roles.ts";
import { normaliseId } from "../reading/cells.ts";
import { headerOf, REASON_COLUMN, readHeader, shownName } from "../reading/header.ts";
import type { Container, Encoding, FileCode, Platform } from "../reading/model.ts";
import { tableOf } from "../reading/open.ts";
import type { ReadOptions, Source } from "../reading/reading.ts";
import { NATIVE, Row } from "../reading/row.ts";
import { burstsOf, type Table } from "../reading/table.ts";
import { ZipRefused } from "../reading/zip.ts";
import { unitIn } from "./aliases.ts";
import { findHeader } from "./find-header.ts";
import {
  type amountScopes,
  type amountUnits,
  type Guess,
  MAX_COLUMNS,
  type SeenColumn,
  type SensitiveKind,
} from "./model.ts";
import { ColumnProfile } from "./profile.ts";
import { type Candidate, guess, platformOf, sensitivityOf } from "./rules.ts";
import { sampleOf, wordsOf } from "./show.ts";

/** Records among which a header is looked for. */
const HEAD_ROWS = 60;
/** Rows by whose values columns are guessed. */
const PROFILED_ROWS = 2_000;
/** Rows whose status words are gathered after that. */
const WORD_ROWS = 200_000;
/** Rows that are held against each other to see whether amounts are repeated or add up. */
const COMPARED_ROWS = 500;
/** Characters beyond which a row is not held. */
const LONGEST_ROW = 20_000;

/** A file with a table of columns that can be mapped. */
export type SeenTable = {
  readonly kind: "table";
  readonly container: Container;
  readonly encoding: Encoding | null;
  /** The platform's layout that its header is of, if it is of any. */
  readonly known: { readonly platform: Platform; readonly layout: string } | null;
  readonly header: readonly string[];
  /** The number of the header's record. */
  readonly headerRow: number;
  readonly rowsSeen: number;
  readonly columns: readonly SeenColumn[];
  readonly guesses: readonly Guess[];
  /** The platform that issued the order numbers, when their shape leaves no doubt. */
  readonly platform: Platform | null;
  readonly unit: (typeof amountUnits)[number];
  readonly amounts: (typeof amountScopes)[number];
};

/** What can be said of a file without importing any of it: `unreadable` when no row of it looks like a header. */
export type Look = SeenTable | { readonly kind: "unreadable"; readonly code: FileCode; readonly container: Container };

type Opened = { readonly table: Table; readonly head: readonly (readonly string[])[] };
type Unreadable = Extract<Look, { kind: "unreadable" }>;

/** The headers that a file may have: every record among its first that could be one, as `headerOf` gives them. */
export async function possibleHeaders(source: Source, options: Pick<ReadOptions, "encoding">): Promise<string[][]> {
  const opened = await open(source, options).catch(unreadable);
  return "table" in opened ? opened.head.map(headerOf).filter(({ length }) => length >= 3) : [];
}

/** Looks at a file: what it is, its columns with masked samples, and what they seem to hold. Keeps nothing of it. */
export async function look(source: Source, options: Pick<ReadOptions, "encoding" | "platform">): Promise<Look> {
  try {
    const opened = await open(source, options);
    return "table" in opened ? await lookOver(opened, options) : opened;
  } catch (error) {
    return unreadable(error);
  }
}

async function lookOver({ table, head }: Opened, options: Pick<ReadOptions, "platform">): Promise<Look> {
  const known = head.map((cells) => readHeader(cells, options)).find((verdict) => verdict !== null);
  const at = findHeader(head, (cells) => readHeader(cells, options) !== null);
  const cells = head[at];
  if (cells === undefined) return { kind: "unreadable", code: "HEADER_UNRECOGNISED", container: table.container };
  const header = headerOf(cells);
  const offset = headerOf(cells.slice(0, 1))[0] === undefined && cells[0]?.trim() === REASON_COLUMN ? 1 : 0;
  const profiles = header.map(() => new ColumnProfile());
  const { compared, rowsSeen } = await profile(table, at, offset, profiles);
  const candidates = header.map((key, column) => ({ key, profile: profiles[column] ?? new ColumnProfile() }));
  const guesses = guess(candidates);
  const columnOf = (field: Guess["field"]): number => guesses.find((one) => one.field === field)?.column ?? -1;
  const orderId = candidates[columnOf("orderId")];
  return {
    kind: "table",
    container: table.container,
    encoding: table.container === "csv" ? table.encoding : null,
    known: known == null ? null : knownOf(known),
    header,
    headerRow: at + 1,
    rowsSeen,
    columns: candidates.map((candidate, column) => seen(candidate, shownName(cells[column + offset] ?? ""))),
    guesses,
    platform: orderId === undefined ? null : platformOf(orderId.profile),
    unit: unitIn(header[columnOf("paid")] ?? "") ?? "yuan",
    amounts: scopeOf(compared, columnOf("orderId"), columnOf("paid")),
  };
}

/** Throws `ZipRefused`. */
async function open(source: Source, options: Pick<ReadOptions, "encoding">): Promise<Opened | Unreadable> {
  const table = await tableOf(source, { leaks: "drop", ...options });
  if ("code" in table) return { kind: "unreadable", ...table };
  const head: string[][] = [];
  const row = new Row();
  for await (const burst of burstsOf(table)) {
    while (head.length < HEAD_ROWS && burst.next(row)) {
      // Rows that a workbook leaves out are counted too: a row's place here is its number less one.
      while (head.length < Math.min(row.number - 1, HEAD_ROWS)) head.push([]);
      if (head.length < HEAD_ROWS) head.push(row.count > MAX_COLUMNS || row.oversized >= 0 ? [] : row.cells());
    }
    if (head.length >= HEAD_ROWS) break;
  }
  return { table, head };
}

function unreadable(error: unknown): Unreadable {
  if (error instanceof ZipRefused) return { kind: "unreadable", code: error.code, container: "zip" };
  throw error;
}

/** Goes over the rows of the header's sheet below it. Answers the first of them, and how many there were. */
async function profile(table: Table, headerAt: number, offset: number, profiles: readonly ColumnProfile[]) {
  const compared: string[][] = [];
  const row = new Row();
  let sheet = -1;
  let rowsSeen = 0;
  for await (const burst of burstsOf(table)) {
    while (rowsSeen < WORD_ROWS && burst.next(row)) {
      if (row.number === headerAt + 1) sheet = row.sheet;
      if (row.number <= headerAt + 1 || row.sheet !== sheet || !isFilled(row, profiles.length)) continue;
      rowsSeen += 1;
      if (compared.length < COMPARED_ROWS && row.end(row.count - 1) - row.start(0) < LONGEST_ROW)
        compared.push(row.cells().slice(offset));
      for (const [column, seen] of profiles.entries()) {
        const cell = column + offset;
        if (rowsSeen <= PROFILED_ROWS) seen.add(row.cell(cell), (row.mark(cell) & NATIVE) !== 0);
        else if (seen.words !== null) seen.addWord(row.cell(cell));
      }
    }
    if (rowsSeen >= WORD_ROWS) break;
  }
  return { compared, rowsSeen };
}

/** Remarks and sums below a table fill a few cells only. */
function isFilled(row: Row, columns: number): boolean {
  let filled = 0;
  for (let at = 0; at < row.count && filled < 3; at++) if (row.end(at) > row.start(at)) filled += 1;
  return filled >= Math.min(3, columns);
}

/** Rows of one order that state different amounts state those of their lines. */
function scopeOf(rows: readonly (readonly string[])[], orderId: number, paid: number): (typeof amountScopes)[number] {
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (before === undefined || orderId < 0 || paid < 0) continue;
    const same = normaliseId(before[orderId] ?? "") === normaliseId(row[orderId] ?? "");
    if (same && row[orderId] !== "" && before[paid] !== row[paid]) return "line";
  }
  return "order";
}

function seen(candidate: Candidate, name: string): SeenColumn {
  const { key, profile } = candidate;
  const sensitive = kindOf(roleOf(key)) ?? sensitivityOf(candidate);
  return {
    name,
    key,
    filled: profile.filled,
    samples: profile.samples.map((cell) => sampleOf(cell, sensitive, roleOf(key))),
    sensitive,
    words: sensitive === null ? wordsOf(profile) : null,
  };
}

function kindOf(role: Role): SensitiveKind | null {
  if (role === NAME) return "name";
  if (role === PHONE) return "phone";
  if (role === ADDRESS) return "address";
  return role === ID_CARD ? "idCard" : null;
}

function knownOf(verdict: NonNullable<ReturnType<typeof readHeader>>): { platform: Platform; layout: string } {
  return verdict.kind === "bound"
    ? { platform: verdict.binding.platform, layout: verdict.binding.layout.name }
    : { platform: verdict.platform, layout: verdict.layout };
}
