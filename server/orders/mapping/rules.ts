import { inspect } from "../leaks/detect.ts";
import { redact } from "../leaks/mask.ts";
import { TEXT } from "../leaks/roles.ts";
import { headerOf } from "../reading/header.ts";
import type { Platform } from "../reading/model.ts";
import { aliasesOf, peopleIn } from "./aliases.ts";
import {
  type Confidence,
  confidences,
  type Guess,
  isNeverKept,
  type Mappable,
  type Mapping,
  mappable,
  type SensitiveKind,
} from "./model.ts";
import type { ColumnProfile, Shape } from "./profile.ts";

/** A column as it is guessed at: its normalised name, and what its values look like. */
export type Candidate = { readonly key: string; readonly profile: ColumnProfile };
type Column = Candidate & { readonly at: number };

/** From this share of values on, a column is what they look like. */
const MOST = 0.9;
const MANY = 0.6;
const SOME = 0.3;
const HARDLY = 0.1;

/** What the values of a column must look like for its name to be believed, and how many of them. */
const borneOutBy: Readonly<Partial<Record<Mappable, readonly [Shape, number]>>> = {
  orderId: ["id", MANY],
  lineId: ["id", MANY],
  paid: ["money", MANY],
  refund: ["money", SOME],
  quantity: ["whole", MANY],
  placedAt: ["date", MANY],
  paidAt: ["date", MANY],
  shippedAt: ["date", MANY],
  completedAt: ["date", MANY],
  phone: ["phone", SOME],
  phoneExpiresAt: ["date", MANY],
};

/**
 * Which column holds what, as far as names and values tell; each column and each field at most once. Two columns that
 * could equally be meant lower the confidence, and where only likeness speaks nothing is guessed.
 */
export function guess(candidates: readonly Candidate[]): Guess[] {
  const columns = candidates.map((candidate, at) => ({ ...candidate, at })).filter(({ key }) => !isNeverKept(key));
  const taken = new Set<number>();
  const found = new Map<Mappable, Guess>();
  const take = (guesses: readonly Guess[]): void => {
    for (const one of guesses) {
      if (taken.has(one.column) || found.has(one.field)) continue;
      found.set(one.field, one);
      taken.add(one.column);
    }
  };
  const named = mappable.flatMap((field) => byName(field, columns));
  for (const wanted of confidences) take(named.filter(({ confidence }) => confidence === wanted));
  for (const byValue of [
    idsByValue,
    statusByValue,
    sole("afterSale", "medium", isAfterSale),
    sole("phone", "medium", ({ profile }) => profile.share("relay") >= SOME),
    placedByValue,
    sole("paid", "low", isAmount),
    sole("quantity", "low", isQuantity),
    sole("sku", "low", isCode),
  ]) {
    take(byValue(columns.filter(({ at }) => !taken.has(at))));
  }
  return mappable.flatMap((field) => found.get(field) ?? []);
}

/** The platform whose order ids these are, when their shape leaves no doubt. */
export function platformOf({ platforms, filled }: Pick<ColumnProfile, "platforms" | "filled">): Platform | null {
  const [most] = [...platforms].sort(([, a], [, b]) => b - a);
  return most !== undefined && most[1] >= filled * MOST ? most[0] : null;
}

/** Whom a column is about, by its name or by what most of its values look like; null for nobody. */
export function sensitivityOf({ key, profile }: Candidate): SensitiveKind | null {
  const named = peopleIn(key);
  if (named !== null) return named;
  if (profile.share("idCard") >= MANY) return "idCard";
  if (profile.share("phone") >= MANY) return "phone";
  if (profile.share("address") >= MANY) return "address";
  return profile.share("personName") >= MANY && profile.variety >= HARDLY ? "name" : null;
}

/** Whether every column that a mapping names stands in this header. */
export function fitsHeader({ columns }: Pick<Mapping, "columns">, header: readonly string[]): boolean {
  return Object.values(columns).every((name) => header.includes(name));
}

/** The mapping as it may be kept: no word or name of it holds anything personal. */
export function withoutPeople(mapping: Mapping): Mapping {
  const header = headerOf(mapping.header);
  return {
    ...mapping,
    header,
    source: mapping.source === null ? null : redact(inspect(mapping.source, TEXT)),
    words: harmless(mapping.words),
    afterSaleWords: harmless(mapping.afterSaleWords),
    sensitive: Object.fromEntries(Object.entries(mapping.sensitive).filter(([name]) => header.includes(name))),
  };
}

function harmless<M>(words: Readonly<Record<string, M>>): Record<string, M> {
  return Object.fromEntries(Object.entries(words).filter(([word]) => inspect(word, TEXT).hits.length === 0));
}

function byName(field: Mappable, columns: readonly Column[]): Guess[] {
  const called = columns.flatMap((column) => {
    const alias = aliasesOf(column.key).find((one) => one.field === field);
    return alias === undefined || !isBorneOut(field, column.profile) ? [] : [{ ...column, ...alias }];
  });
  called.sort((a, b) => a.rank - b.rank);
  const plainly = called.filter((column) => column.plainly);
  const among = plainly.length > 0 ? plainly : called;
  const filled = among.filter(({ profile }) => profile.filled > 0);
  const issued = field === "orderId" ? filled.find(({ profile }) => platformOf(profile) !== null) : undefined;
  const best = issued ?? filled[0] ?? among[0];
  if (best === undefined) return [];
  const sure = best.plainly && best.profile.filled > 0;
  const alone = among.length === 1;
  const confidence: Confidence = sure && alone ? "high" : sure || alone ? "medium" : "low";
  return [{ field, column: best.at, confidence }];
}

/** An empty column is believed its name; any other must hold what the name says. */
function isBorneOut(field: Mappable, profile: ColumnProfile): boolean {
  if (profile.filled === 0) return true;
  if (field === "status" || field === "afterSale") return profile.words !== null && profile.share("money") < MANY;
  if (field === "sku") return profile.share("date") < MANY && profile.share("cents") < MANY;
  const [shape, share] = borneOutBy[field] ?? [];
  return shape === undefined || profile.share(shape) >= (share ?? 0);
}

/**
 * Long numbers, most of them new. Of two such columns the one that repeats from row to row is the order's, and one that
 * never repeats its lines'.
 */
function idsByValue(columns: readonly Column[]): Guess[] {
  const ids = columns.filter(
    ({ profile }) =>
      profile.filling >= MOST &&
      profile.share("longId") >= MOST &&
      profile.variety >= SOME &&
      profile.share("phone") < HARDLY &&
      profile.share("idCard") < HARDLY,
  );
  const issued = ids.filter(({ profile }) => platformOf(profile) !== null);
  const among = issued.length > 0 ? issued : ids;
  const repeating = among.filter(({ profile }) => profile.repeats > 0);
  const [order] = repeating.length > 0 ? repeating : among;
  if (order === undefined) return [];
  const lines = among.filter(({ at, profile }) => at !== order.at && profile.distinct.size === profile.filled);
  const [line] = repeating.length === 1 && lines.length === 1 ? lines : [];
  return [
    { field: "orderId", column: order.at, confidence: among.length === 1 ? "medium" : "low" },
    ...(line === undefined ? [] : [{ field: "lineId", column: line.at, confidence: "low" } as const]),
  ];
}

/** The column whose words are statuses; two such columns, as of an order and of its delivery, are not told apart. */
function statusByValue(columns: readonly Column[]): Guess[] {
  const [first, second] = columns.filter(
    ({ profile }) =>
      profile.words !== null &&
      profile.filling >= MOST &&
      profile.share("status") >= MOST &&
      profile.share("status") > profile.share("afterSale"),
  );
  return first === undefined
    ? []
    : [{ field: "status", column: first.at, confidence: second === undefined ? "medium" : "low" }];
}

/** Orders are placed before anything else happens to them: the one column of times that is always filled. */
function placedByValue(columns: readonly Column[]): Guess[] {
  const dates = columns.filter(({ profile }) => profile.share("date") >= MOST);
  const [first, second] = dates.filter(({ profile }) => profile.filling === 1);
  return first === undefined || second !== undefined
    ? []
    : [{ field: "placedAt", column: first.at, confidence: dates.length === 1 ? "medium" : "low" }];
}

/** The column that fits, when it is the only one. */
function sole(field: Mappable, confidence: Confidence, fits: (column: Column) => boolean) {
  return (columns: readonly Column[]): Guess[] => {
    const [first, second] = columns.filter(fits);
    return first === undefined || second !== undefined ? [] : [{ field, column: first.at, confidence }];
  };
}

function isAfterSale({ profile }: Column): boolean {
  return profile.words !== null && profile.share("afterSale") >= MOST;
}

function isAmount({ profile }: Column): boolean {
  return profile.share("money") >= MOST && profile.share("cents") >= MANY && profile.share("date") < HARDLY;
}

function isQuantity({ profile }: Column): boolean {
  return profile.filling >= MOST && profile.share("quantity") >= MOST && profile.distinct.size <= 30;
}

function isCode({ profile }: Column): boolean {
  return profile.share("code") >= MOST && profile.variety < 0.8;
}
