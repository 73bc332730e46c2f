import { z } from "zod";
import { type Id, idSchema } from "../../core/id.ts";
import { OrderStatus, orderStatuses } from "../../tiers/model.ts";
import { Encoding, Platform } from "../reading/model.ts";

/** What a column can be said to hold: the fields of an order that a file of any layout may tell. */
export const mappable = [
  "orderId",
  "lineId",
  "status",
  "afterSale",
  "paid",
  "refund",
  "sku",
  "quantity",
  "placedAt",
  "paidAt",
  "shippedAt",
  "completedAt",
  "phone",
  "phoneExpiresAt",
] as const;
export const Mappable = z.enum(mappable);
export type Mappable = z.infer<typeof Mappable>;

/**
 * What a status word may be said to mean. `ended`: over; refunded when money went back, else closed. `ended-if-paid`: over;
 * refunded when it had been paid, else closed.
 */
export const meanings = [...orderStatuses, "ended", "ended-if-paid"] as const;
export const Meaning = z.enum(meanings);
export type Meaning = z.infer<typeof Meaning>;

export const afterSaleMeanings = ["none", "asked", "back"] as const;
export const AfterSaleMeaning = z.enum(afterSaleMeanings);
export type AfterSaleMeaning = z.infer<typeof AfterSaleMeaning>;

/** What the leak guard looks for in a column whose name does not say that it holds people. */
export const sensitiveKinds = ["name", "phone", "address", "idCard"] as const;
export const SensitiveKind = z.enum(sensitiveKinds);
export type SensitiveKind = z.infer<typeof SensitiveKind>;

export const amountUnits = ["yuan", "fen"] as const;
/** `order`: a row states the whole order's amounts, repeated on each of its rows. `line`: they add up. */
export const amountScopes = ["order", "line"] as const;
/** `returned`: what has gone back. `asked`: what is claimed, and has gone back only beside a word that says so. */
export const refundSenses = ["returned", "asked"] as const;

/** Columns that a header may have. */
export const MAX_COLUMNS = 500;
const ColumnName = z.string().min(1).max(200);
const StatusWord = z.string().min(1).max(60);

/** How one header is to be read, as somebody said: columns by their normalised names, words by their normalised spelling. */
export const Mapping = z
  .strictObject({
    /** The normalised names in their order, as `headerOf` gives them: a file with any other header is not read with it. */
    header: z.array(z.string().max(200)).min(3).max(MAX_COLUMNS),
    columns: z.partialRecord(Mappable, ColumnName),
    platform: Platform,
    /** Whose orders they are when no platform issued the ids; two sources may use the same numbers. */
    source: z.string().trim().normalize("NFKC").min(2).max(40).nullable(),
    unit: z.enum(amountUnits),
    amounts: z.enum(amountScopes),
    refunds: z.enum(refundSenses),
    words: z.record(StatusWord, Meaning),
    afterSaleWords: z.record(StatusWord, AfterSaleMeaning),
    /** What every order of the file is, where no column tells. */
    assumed: OrderStatus.nullable(),
    /** Columns in which names, phones or addresses were seen under names that do not say so. */
    sensitive: z.record(ColumnName, SensitiveKind),
  })
  .superRefine((mapping, ctx) => {
    for (const [path, message] of flawsOf(mapping)) ctx.addIssue({ code: "custom", path: [path], message });
  });
export type Mapping = z.infer<typeof Mapping>;

/**
 * Columns whose cells stand for the addressee: an OAID and its like (`open_address_id`, `openuid`) is given for the scene of
 * one delivery, is nobody's identity, and is never kept, under whatever field.
 */
export function isNeverKept(column: string): boolean {
  return /oaid|open_?address_?id|open_?u?id|union_?id|(?:收货人|收件人|买家)(?:加密)?id$/i.test(column);
}

/** Fields that name an order or its money: a column twice in the header cannot stand for one of them. */
const decisive: readonly Mappable[] = ["orderId", "lineId", "status", "paid"];
const times = ["placedAt", "paidAt", "shippedAt", "completedAt"] as const;

type Unchecked = Pick<Mapping, "header" | "columns" | "platform" | "source" | "amounts" | "words" | "assumed">;

/** What is missing or contradictory in a mapping: the field it is about, and why. */
export function flawsOf({ header, columns, platform, source, amounts, words, assumed }: Unchecked): [string, string][] {
  const flaws: [string, string][] = [];
  const taken = new Set<string>();
  for (const field of mappable) {
    const column = columns[field];
    if (column === undefined) continue;
    if (!header.includes(column)) flaws.push([field, "columnUnknown"]);
    if (isNeverKept(column)) flaws.push([field, "columnNeverKept"]);
    if (taken.has(column)) flaws.push([field, "columnTaken"]);
    if (decisive.includes(field) && header.indexOf(column) !== header.lastIndexOf(column))
      flaws.push([field, "columnDoubled"]);
    taken.add(column);
  }
  for (const field of ["orderId", "paid"] as const) if (columns[field] === undefined) flaws.push([field, "required"]);
  if (columns.status === undefined ? assumed === null : Object.keys(words).length === 0)
    flaws.push(["status", "statusUnsaid"]);
  if (times.every((field) => columns[field] === undefined)) flaws.push(["placedAt", "required"]);
  if ((platform === "other") !== (source !== null)) flaws.push(["source", "required"]);
  if (amounts === "line" && columns.lineId === undefined && (platform !== "other" || columns.sku === undefined))
    flaws.push(["lineId", "lineUnsaid"]);
  return flaws;
}

export type OrderMappingId = Id<"orderMapping">;

export const MappingName = z.string().trim().normalize("NFKC").min(2).max(60);

export const SaveMapping = z.strictObject({ name: MappingName, mapping: Mapping });
export type SaveMapping = z.infer<typeof SaveMapping>;

export const OneMapping = z.strictObject({ mappingId: idSchema<"orderMapping">() });
export type OneMapping = z.infer<typeof OneMapping>;

export const RenameMapping = OneMapping.extend({ name: MappingName });
export type RenameMapping = z.infer<typeof RenameMapping>;

export const LookAtUpload = z.strictObject({
  uploadId: z.uuid(),
  platform: Platform.optional(),
  encoding: Encoding.optional(),
});
export type LookAtUpload = z.infer<typeof LookAtUpload>;

/** How sure a guess is. `high`: name and values agree. `medium`: one of them says so plainly. `low`: somebody must look. */
export const confidences = ["high", "medium", "low"] as const;
export type Confidence = (typeof confidences)[number];

export type Guess = { readonly field: Mappable; readonly column: number; readonly confidence: Confidence };

/** One column of a file that somebody is to map. */
export type SeenColumn = {
  /** The name as the file has it, anything personal masked. */
  readonly name: string;
  /** The name as it is compared. */
  readonly key: string;
  readonly filled: number;
  /** Up to three values, masked so far that nothing personal and no full number can be read. */
  readonly samples: readonly string[];
  readonly sensitive: SensitiveKind | null;
  /** Its words, most frequent first, where there are few of them; null for a column of many values. */
  readonly words: readonly SeenWord[] | null;
};

/** A word of a column, and what it means wherever it is used as a status or of a claim; null for a word nobody knows. */
export type SeenWord = {
  readonly word: string;
  readonly count: number;
  readonly meaning: Meaning | null;
  readonly afterSale: AfterSaleMeaning | null;
};

export const refusalCodes = ["MAPPING_NOT_FOUND", "MAPPING_NAME_TAKEN"] as const;
