import { type Declared, type Field, type Format, fields, type Layout } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import { inspect } from "../leaks/detect.ts";
import { redact } from "../leaks/mask.ts";
import { type Role, roleOf, TEXT } from "../leaks/roles.ts";
import { columnName } from "./cells.ts";
import type { Platform } from "./model.ts";

/** A layout bound to the columns of one header row. */
export type Binding = {
  readonly platform: Platform;
  readonly layout: Layout;
  /** The columns as the file names them. */
  readonly names: readonly string[];
  /** The same as they are compared; a row that repeats them is a header, not an order. */
  readonly keys: readonly string[];
  /** Where each field stands; -1 for nowhere. */
  readonly at: Readonly<Record<Field, number>>;
  readonly skus: readonly number[];
  readonly lineBy: readonly number[];
  readonly roles: readonly Role[];
  /** Columns up to the last named one: a row may be shorter than the header by its unnamed ones. */
  readonly named: number;
};

export type HeaderVerdict =
  | { readonly kind: "bound"; readonly binding: Binding }
  | {
      readonly kind: "refused";
      readonly code: "MISSING_COLUMN" | "DUPLICATE_COLUMN";
      readonly platform: Platform;
      readonly layout: string;
      readonly columns: readonly string[];
    };

type Candidate = {
  readonly platform: Platform;
  readonly layout: Layout;
  readonly variants: Readonly<Record<Field, readonly string[]>>;
  readonly lineBy: readonly (readonly string[])[];
  readonly marks: readonly string[];
};

const candidates: readonly Candidate[] = formats.flatMap(({ platform, layouts }: Format) =>
  layouts.map((layout) => candidateOf(platform, layout)),
);

/** What may be known beforehand of a file's headers. */
export type Expected = {
  readonly platform?: Platform | undefined;
  readonly declared?: Declared | undefined;
  /** A declared header was found in this very file: on further sheets its columns may stand in another order. */
  readonly found?: boolean;
};

/** How many marks show that a header which lacks a required column is this layout's all the same. */
const ENOUGH_MARKS = 4;

/**
 * What layout a row is the header of; null when it is no header we know. Columns are found by name, wherever they stand,
 * since platforms add columns every few months and merchants choose theirs.
 */
export function readHeader(
  cells: readonly string[],
  { platform, declared, found = false }: Expected = {},
): HeaderVerdict | null {
  if (cells.length < 3) return null;
  if (declared !== undefined) {
    const header = headerOf(cells);
    if (!equal(header, declared.header) && !(found && equal(header.sort(), declared.header.toSorted()))) return null;
    const candidate = candidateOf(declared.platform, declared.layout);
    const keys = cells.map(sharedName);
    return verdictOn(candidate, cells, keys, missingIn(candidate, new Set(keys)));
  }
  const keys = cells.map(columnName);
  const present = new Set(keys);
  const fitting = candidates
    .filter((candidate) => platform === undefined || candidate.platform === platform)
    .map((candidate) => ({ candidate, missing: missingIn(candidate, present), score: scoreOf(candidate, present) }))
    .sort((a, b) => b.score - a.score);
  const complete = fitting.find(({ missing }) => missing.length === 0);
  const best = complete ?? fitting.find(({ candidate }) => marksOf(candidate, present) >= ENOUGH_MARKS);
  if (!best) return null;
  return verdictOn(best.candidate, cells, keys, best.missing);
}

function verdictOn(
  candidate: Candidate,
  cells: readonly string[],
  keys: readonly string[],
  missing: readonly Field[],
): HeaderVerdict {
  const refused = { kind: "refused", platform: candidate.platform, layout: candidate.layout.name } as const;
  if (missing.length > 0) {
    return {
      ...refused,
      code: "MISSING_COLUMN",
      columns: missing.map((field) => candidate.layout.columns[field]?.[0] ?? field),
    };
  }
  const binding = bind(candidate, cells, keys);
  const doubled = candidate.layout.required
    .map((field) => binding.at[field])
    .filter((at) => keys.indexOf(keys[at] ?? "", at + 1) >= 0);
  if (doubled.length > 0)
    return { ...refused, code: "DUPLICATE_COLUMN", columns: doubled.map((at) => binding.names[at] ?? "") };
  return { kind: "bound", binding };
}

/** The first column of a file of rejected rows, which comes back with the columns as they were. */
export const REASON_COLUMN = "原因";

/**
 * A header as it is compared and kept: normalised names, anything personal masked, without our own column of reasons and
 * without unnamed columns at its end.
 */
export function headerOf(cells: readonly string[]): string[] {
  const keys = cells.map(sharedName);
  return keys.slice(keys[0] === REASON_COLUMN ? 1 : 0, keys.findLastIndex((key) => key !== "") + 1);
}

/** A column's name as it is compared, with nothing personal in it: nor anything that only blanks kept apart. */
function sharedName(cell: string): string {
  return shownName(columnName(shownName(cell)));
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at]);
}

function candidateOf(platform: Platform, layout: Layout): Candidate {
  return {
    platform,
    layout,
    variants: eachField((field) => (layout.columns[field] ?? []).map(columnName)),
    lineBy: layout.lineBy.map((variants) => variants.map(columnName)),
    marks: layout.marks.map(columnName),
  };
}

function bind(
  { platform, layout, variants, lineBy }: Candidate,
  cells: readonly string[],
  keys: readonly string[],
): Binding {
  const found = (names: readonly string[]): number[] => names.map((name) => keys.indexOf(name)).filter((at) => at >= 0);
  return {
    platform,
    layout,
    names: cells.map(shownName),
    keys,
    at: eachField((field) => found(variants[field])[0] ?? -1),
    skus: found(variants.sku),
    lineBy: lineBy.map((names) => found(names)[0] ?? -1).filter((at) => at >= 0),
    roles: keys.map((key) => layout.roles?.[key] ?? roleOf(key)),
    named: keys.findLastIndex((key) => key !== "") + 1,
  };
}

function missingIn({ layout, variants }: Candidate, present: ReadonlySet<string>): Field[] {
  return layout.required.filter((field) => !variants[field].some((name) => present.has(name)));
}

function marksOf({ marks }: Candidate, present: ReadonlySet<string>): number {
  return marks.filter((mark) => present.has(mark)).length;
}

function scoreOf(candidate: Candidate, present: ReadonlySet<string>): number {
  const known = fields.filter((field) => candidate.variants[field].some((name) => present.has(name))).length;
  return known + 2 * marksOf(candidate, present);
}

function eachField<T>(value: (field: Field) => T): Record<Field, T> {
  return {
    orderId: value("orderId"),
    lineId: value("lineId"),
    status: value("status"),
    afterSale: value("afterSale"),
    paid: value("paid"),
    refund: value("refund"),
    lineAmount: value("lineAmount"),
    sku: value("sku"),
    quantity: value("quantity"),
    placedAt: value("placedAt"),
    paidAt: value("paidAt"),
    shippedAt: value("shippedAt"),
    completedAt: value("completedAt"),
    phone: value("phone"),
    phoneExpiresAt: value("phoneExpiresAt"),
  };
}

/** A column's name as it may be shown: a file can hold something personal there too. */
export function shownName(cell: string): string {
  const name = cell.replace(/[\s\ufeff]+/g, " ").trim();
  const found = inspect(name, TEXT);
  return (found.hits.length === 0 ? name : redact(found)).replace(/\d{7,}/g, "****");
}
