import type { OrderStatus } from "../../tiers/model.ts";
import type { Role } from "../leaks/roles.ts";
import type { Platform } from "../reading/model.ts";

/** What a column can tell us. Columns that tell nothing of these are looked at by the leak guard only. */
export const fields = [
  "orderId",
  "lineId",
  "status",
  "afterSale",
  "paid",
  "refund",
  "lineAmount",
  "sku",
  "quantity",
  "placedAt",
  "paidAt",
  "shippedAt",
  "completedAt",
  "phone",
  "phoneExpiresAt",
] as const;
export type Field = (typeof fields)[number];

/**
 * A status word's meaning. `ended`: over; refunded when money went back, closed when none did. `ended-if-paid`: the file
 * never shows refunds, so over after payment means refunded.
 */
export type Word = OrderStatus | "ended" | "ended-if-paid";

/** An after-sale word's meaning: no claim, a claim under way, money back. */
export type AfterSaleWord = "none" | "asked" | "back";

/**
 * One layout of a platform's export, declared. Header names are compared after NFKC folding, without blanks, in lower case;
 * the first variant found wins.
 */
export type Layout = {
  /** Its name in reports. */
  readonly name: string;
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Without these there is no order. */
  readonly required: readonly Field[];
  /** Header names that tell this layout from others, and name it even when a required column is missing. */
  readonly marks: readonly string[];
  /** Columns that together tell the lines of one order apart; none when a row speaks of a whole order. */
  readonly lineBy: readonly (readonly string[])[];
  /** Whether an amount is the order's, repeated on each of its rows, or the line's. */
  readonly paidScope: "order" | "line";
  readonly refundScope: "order" | "line";
  /** `asked`: counts as money back only beside an after-sale word that says so. Else what has gone back. */
  readonly refundIs?: "asked" | "returned";
  /** `net`: what is left after a full refund; what was paid is then paid plus refunded. */
  readonly paidIs?: "gross" | "net";
  readonly orderId: RegExp;
  readonly words: Readonly<Record<string, Word>>;
  readonly afterSaleWords?: Readonly<Record<string, AfterSaleWord>>;
  /** Words that stand in the refund column for "nothing". */
  readonly noRefundWords?: readonly string[];
  /** When the order was placed, as its id tells (UTC milliseconds), for rows that say nothing of it. */
  placedFromId?(orderId: string): number | null;
  /** What amounts are written in; yuan when not said. */
  readonly unit?: "yuan" | "fen";
  /** What every order is, in a file that has no column for it. */
  readonly assumed?: OrderStatus;
  /** What columns hold, by normalised name, where their names do not tell. */
  readonly roles?: Readonly<Record<string, Role>>;
};

/** A layout that somebody declared for one header: it reads no other. */
export type Declared = {
  readonly platform: Platform;
  readonly layout: Layout;
  /** The header, as `headerOf` gives it. */
  readonly header: readonly string[];
  /** Whose order ids they are, when no platform issued them: numbers are unique within it alone. */
  readonly space: string | null;
};

/** For how many days a platform's relay numbers reach their addressee. What a file states of one goes before `atMost`. */
export type RelayRule = {
  /** After the order was placed: nobody completes an order later, or the platform binds no number for longer. */
  readonly atMost: number;
  /** After the order was completed; 0 where the number ends with it. */
  readonly afterCompletion?: number;
};

/** A platform's exports. The platform, its layouts and its relay numbers are declared here and nowhere else. */
export type Format = { readonly platform: Platform; readonly layouts: readonly Layout[]; readonly relay: RelayRule };
