import { z } from "zod";
import type { AfterSaleWord, Word } from "../formats/format.ts";

/**
 * The shop platforms whose order exports we read, as they are named in files, reports and keys; `other` is any source of
 * one's own, whose files somebody maps.
 */
export const platforms = [
  ...(["taobao", "douyin", "pdd", "jd", "kuaishou", "xhs", "wechat", "youzan", "weimob"] as const),
  "other",
] as const;
export const Platform = z.enum(platforms);
export type Platform = z.infer<typeof Platform>;

/** What to do about a row in which something personal was found: report it and keep the order, reject the row, refuse the file. */
export const leakPolicies = ["drop", "quarantine", "refuse"] as const;
export const LeakPolicy = z.enum(leakPolicies);
export type LeakPolicy = z.infer<typeof LeakPolicy>;

/** How the bytes of a text file are read. */
export const encodings = ["utf-8", "utf-8-bom", "gb18030", "utf-16le", "utf-16be"] as const;
export const Encoding = z.enum(encodings);
export type Encoding = z.infer<typeof Encoding>;

/** What a file is by its first bytes, whatever its name says. */
export const containers = ["csv", "xlsx", "xls", "html", "zip"] as const;
export type Container = (typeof containers)[number];

/**
 * A word by which a file says how an order stands, what it is taken for, and on how many rows it stands. Words that the
 * layout does not know are counted together, and not kept: any of them may be somebody's text.
 */
export type SaidWord = {
  readonly word: string | null;
  readonly meaning: Word | AfterSaleWord | null;
  readonly rows: number;
};
/** The words of the status column and of the one about what came after the sale, those said most often first. */
export type SaidWords = { readonly status: readonly SaidWord[]; readonly afterSale: readonly SaidWord[] };

/** Why a file is refused whole, or what must be said about an accepted one. */
export const fileCodes = [
  "EMPTY_FILE",
  "NO_ROWS",
  "NOT_XLSX",
  "XLS_LEGACY",
  "HTML_DISGUISED",
  "HEADER_UNRECOGNISED",
  "MISSING_COLUMN",
  "DUPLICATE_COLUMN",
  "TRUNCATED",
  "TOO_LARGE",
  "NOT_DESENSITISED",
  "LEAKS_REFUSED",
] as const;
export type FileCode = (typeof fileCodes)[number];

/** Why a row was rejected, or skipped because it is no order line. */
export const rowCodes = [
  "DAMAGED_ID_SCI",
  "DAMAGED_ID_PRECISION",
  "BAD_ID",
  "MISSING_ID",
  "BAD_AMOUNT",
  "BAD_DATE",
  "UNKNOWN_STATUS",
  "COLUMN_COUNT",
  "HEADER_REPEATED",
  "FOOTER_SKIPPED",
  "NUL_BYTE",
  "FIELD_TOO_LARGE",
  "TRUNCATED_ROW",
  "ENCODING_INVALID",
  "DUPLICATE_IN_FILE",
  "LEAK_QUARANTINED",
] as const;
export type RowCode = (typeof rowCodes)[number];

/** What must be said about a row that was accepted. The last two come from the store, not from reading. */
export const warningCodes = ["DATE_SECONDS_LOST", "STALE_STATUS", "STALE_REFUND"] as const;
export type WarningCode = (typeof warningCodes)[number];

/** The kinds of personal data that the leak guard knows. */
export const leakKinds = [
  "mobile",
  "landline",
  "id_card",
  "bank_card",
  "email",
  "wechat",
  "qq",
  "address",
  "name",
] as const;
export type LeakKind = (typeof leakKinds)[number];
