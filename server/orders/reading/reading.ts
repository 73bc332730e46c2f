import type { Fen } from "../../core/money.ts";
import type { OrderStatus } from "../../tiers/model.ts";
import type { Declared } from "../formats/format.ts";
import type {
  Container,
  Encoding,
  FileCode,
  LeakKind,
  LeakPolicy,
  Platform,
  RowCode,
  SaidWords,
  WarningCode,
} from "./model.ts";
import type { Recognised, Recognition } from "./recognition.ts";

/** A file that can be read more than once: it is surveyed whole before any of its rows may be stored. */
export type Source = { readonly path: string } | { readonly bytes: Uint8Array };

/** The keyed fingerprint (16 bytes) of an id of this platform; of an order id, it is the order key. */
export type Seal = (platform: Platform, id: string) => Buffer;

export type ReadOptions = {
  readonly leaks: LeakPolicy;
  /** Taken as given instead of recognised from the header. */
  readonly platform?: Platform;
  /** How to read the one header that somebody mapped; no other layout is then looked for. */
  readonly declared?: Declared;
  /** Taken as given instead of detected from the bytes. */
  readonly encoding?: Encoding;
  /** Accepts a file that was plainly not desensitised; the caller checks permission and reason, and audits it. */
  readonly allowClear?: boolean;
};

/** What is known of a file before anything of it is stored. */
export type Survey = {
  readonly outcome: "accepted" | "refused";
  readonly codes: readonly FileCode[];
  /** The columns that a MISSING_COLUMN or DUPLICATE_COLUMN is about. */
  readonly columns: readonly string[];
  readonly container: Container;
  /** null where no text encoding could be or need be found out. */
  readonly encoding: Encoding | null;
  readonly platform: Platform | null;
  readonly layout: string | null;
  /** Records to come, header and preamble included: the 100 % of a progress bar. */
  readonly records: number;
  /** What the rows say of how their orders stand. */
  readonly words: SaidWords;
  /** Ids in this file lost their last digits in a spreadsheet program: too many of them end in zeros. */
  readonly roundedIds: boolean;
  /** Most rows end in empty cells beyond the header's: a habit of the program that wrote them, not a shifted row. */
  readonly surplusCells: boolean;
  /** The rows of each order stand together, as platforms write them: not so in files that somebody put together. */
  readonly together: boolean;
};

/**
 * One row of a file as it may be kept: no name, phone, address, title, note or full order id has a place here.
 * Instants are UTC milliseconds.
 */
export type OrderLine = {
  /** 1-based record number in the file. */
  readonly record: number;
  readonly platform: Platform;
  readonly layout: string;
  readonly orderKey: Buffer;
  readonly maskedId: string;
  /** Tells the lines of one order apart (22 characters, keyed); null where the row speaks of the order as a whole. */
  readonly lineKey: string | null;
  readonly status: OrderStatus;
  readonly paidFen: Fen;
  /** "order": the whole order's payment, repeated on each of its rows, to be counted once. "line": add up. */
  readonly paidScope: "order" | "line";
  readonly refundFen: Fen;
  readonly refundScope: "order" | "line";
  /** Money went back and the file does not say how much. */
  readonly refundUnknown: boolean;
  readonly sku: string | null;
  readonly quantity: number | null;
  readonly placedAt: number;
  readonly paidAt: number | null;
  readonly shippedAt: number | null;
  readonly completedAt: number | null;
  readonly virtualNumber: VirtualNumber | null;
};

/** A relay number that the platform put in place of the addressee's phone. */
export type VirtualNumber = {
  readonly number: string;
  readonly extension: string;
  /** When the platform says it expires; null where the file does not say. */
  readonly expiresAt: number | null;
};

export type RowReason = {
  readonly row: number;
  readonly column: string | null;
  readonly code: RowCode;
  /** The order of a rejected row, where its id could be read. */
  readonly orderKey: Buffer | null;
};
export type RowWarning = { readonly row: number; readonly column: string; readonly code: WarningCode };
export type Leak = { readonly row: number; readonly column: string; readonly kind: LeakKind; readonly masked: string };
export type CellPlace = { readonly row: number; readonly column: string };

export type RowCounts = {
  /** Rows below the header, blank ones left out. data + skipped. */
  readonly read: number;
  readonly data: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Footers, repeated headers and lines that stand in the file twice. */
  readonly skipped: number;
};

/** An order whose rows were not read, since they said the same before. */
export type KnownOrder = Recognised & {
  readonly orderKey: Buffer;
  /** The first of its rows. */
  readonly record: number;
};

/** Some hundred rows, ready to be stored in one transaction. */
export type ReadBatch = {
  readonly lines: readonly OrderLine[];
  readonly known: readonly KnownOrder[];
  /** By which hash the rows of orders are recognised when they come again; by order key, a character a byte. */
  readonly rowsHashes: ReadonlyMap<string, Buffer>;
  readonly counts: RowCounts;
  readonly duplicateLines: number;
  readonly virtualNumbers: number;
  readonly reasons: readonly RowReason[];
  readonly warnings: readonly RowWarning[];
  readonly leaks: readonly Leak[];
  readonly formulaCells: readonly CellPlace[];
  /** The rejected rows as CSV text in the file's own columns, reason first, personal cells masked; "" for none. */
  readonly rejects: string;
  /** The last record that is accounted for: it names the batch, and is where to resume after. */
  readonly lastRecord: number;
};

/** What `openOrders` gives: the verdict on the whole file, and the rows of an accepted one. */
export type Reading = {
  readonly survey: Survey;
  /** First line of a file of rejects, with byte order mark. */
  readonly rejectsHeader: string;
  /** Nothing for a refused file. The same file gives the same batches each time, so that a run can resume at one. */
  batches(seal: Seal, recognition?: Recognition): AsyncGenerator<ReadBatch, void, undefined>;
};
