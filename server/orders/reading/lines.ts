import { fen } from "../../core/money.ts";
import type { AfterSaleWord, Word } from "../formats/format.ts";
import type { Batch } from "./batch.ts";
import {
  BAD,
  fenOfNumber,
  isEmpty,
  isRounded,
  isScientific,
  type Moment,
  momentOfSerial,
  normaliseId,
  parseFen,
  parseMoment,
  parseQuantity,
  parseWholeFen,
  plain,
  word,
} from "./cells.ts";
import { Guard } from "./guard.ts";
import type { Binding } from "./header.ts";
import type { LeakPolicy, RowCode } from "./model.ts";
import type { OrderLine, RowWarning, Seal } from "./reading.ts";
import { type Asked, type Recognised, type Recogniser, RowsHash } from "./recognition.ts";
import { rejectedRow } from "./rejects.ts";
import { relayNumber } from "./relay.ts";
import { MERGED, NATIVE, NUL, type Row, UNDECODED } from "./row.ts";
import { ContentHash, type SeenLines } from "./seen.ts";
import { settle } from "./settle.ts";

export type LineSettings = {
  readonly seal: Seal;
  readonly leaks: LeakPolicy;
  readonly roundedIds: boolean;
  readonly surplusCells: boolean;
  readonly isText: boolean;
  readonly from1904: boolean;
  readonly seen: SeenLines;
};

/** Digits beyond these a number in a workbook cannot hold. */
const EXACT_DIGITS = 15;
const MAX_SKU = 64;

/** What a row is rejected for; thrown away with the row's cells. */
type Fault = { readonly code: RowCode; readonly at: number };

/** Turns rows under one header into order lines, and everything there is to say about those that cannot be. */
export class LineReader {
  readonly #binding: Binding;
  readonly #settings: LineSettings;
  readonly #words: ReadonlyMap<string, Word>;
  readonly #afterSaleWords: ReadonlyMap<string, AfterSaleWord>;
  readonly #noRefundWords: ReadonlySet<string>;
  readonly #moment: Moment = { at: 0, exact: true };
  readonly #hash = new ContentHash();
  readonly #guard: Guard;
  /** Of the order whose rows are under way. */
  readonly rowsHash: RowsHash;
  #id = "";
  #orderKey: Buffer = Buffer.alloc(0);
  #maskedId = "";
  #warnings: RowWarning[] = [];

  constructor(binding: Binding, settings: LineSettings) {
    this.#binding = binding;
    this.#settings = settings;
    this.#words = new Map(Object.entries(binding.layout.words));
    this.#afterSaleWords = new Map(Object.entries(binding.layout.afterSaleWords ?? {}));
    this.#noRefundWords = new Set(binding.layout.noRefundWords ?? []);
    this.#guard = new Guard(binding);
    this.rowsHash = new RowsHash(binding, settings);
  }

  /** By what an order with these rows is recognised; null where its id is none, so that each row is told why. */
  ask(id: string, rows: readonly Row[], recogniser: Recogniser): Asked | null {
    const { layout, platform } = this.#binding;
    if (!layout.orderId.test(id)) return null;
    this.rowsHash.begin();
    for (const row of rows) this.rowsHash.add(row);
    return {
      orderKey: this.#settings.seal(platform, id),
      rowsHash: recogniser.hash(platform, id, this.rowsHash.finish()),
    };
  }

  /** The same for the order that was read last, from what was added to the hash of its rows. */
  asked(id: string, recogniser: Recogniser): Asked {
    const rowsHash = recogniser.hash(this.#binding.platform, id, this.rowsHash.finish());
    return { orderKey: this.#orderKey, rowsHash };
  }

  /** Counts the rows of an order that is known by them. */
  pass(rows: readonly Row[], orderKey: Buffer, known: Recognised, batch: Batch): void {
    batch.data += rows.length;
    batch.knownRows += rows.length;
    for (const row of rows) if (this.#relayNumber(row) !== null) batch.virtualNumbers += 1;
    batch.known.push({ ...known, orderKey, record: rows[0]?.number ?? 0 });
  }

  /**
   * Reads an order's row into the batch: as a line, as a duplicate, or as a rejected row with its reason. Says whether it
   * is a line about which there is nothing to remark.
   */
  read(row: Row, id: string, asked: Asked | null, suspect: boolean, batch: Batch): boolean {
    batch.data += 1;
    this.#warnings = [];
    const { remarks, virtualNumbers } = batch;
    const read = this.#understand(row, id, asked, suspect, batch);
    if ("code" in read) this.#reject(row, id, read, batch);
    else if (this.#settings.seen.add(this.#hash.low, this.#hash.high)) {
      batch.data -= 1;
      batch.duplicateLines += 1;
      batch.skip(row.number, "DUPLICATE_IN_FILE", this.#orderKey);
    } else {
      batch.lines.push(read);
      if (this.#warnings.length > 0) batch.warnings.push(...this.#warnings);
      return (
        batch.remarks === remarks && batch.virtualNumbers - virtualNumbers === (read.virtualNumber === null ? 0 : 1)
      );
    }
    return false;
  }

  /** The line that a row says, or the first thing that is wrong with it. */
  #understand(row: Row, id: string, asked: Asked | null, suspect: boolean, batch: Batch): OrderLine | Fault {
    const shape = this.#shapeFault(row, suspect);
    if (shape?.code === "COLUMN_COUNT") return shape;
    const { leakAt, inSku } = this.#guard.look(row, batch);
    const fault = shape ?? this.#readId(row, id, asked);
    if (fault !== null) return fault;
    const line = this.#line(row, inSku ? [] : this.#binding.skus);
    if ("code" in line || leakAt < 0 || this.#settings.leaks !== "quarantine") return line;
    return { code: "LEAK_QUARANTINED", at: leakAt };
  }

  #reject(row: Row, id: string, { code, at }: Fault, batch: Batch): void {
    const column = at >= 0 ? (this.#binding.names[at] ?? null) : null;
    const known = this.#readId(row, id, null) === null;
    batch.rejected += 1;
    batch.reasons.push({ row: row.number, column, code, orderKey: known ? this.#orderKey : null });
    batch.rejects += rejectedRow(row, this.#binding, code, column);
  }

  /** What is wrong with the record itself, before any cell is understood. */
  #shapeFault(row: Row, suspect: boolean): Fault | null {
    const { named, names } = this.#binding;
    const { isText } = this.#settings;
    if (isText && row.isCutOff(named)) return { code: "TRUNCATED_ROW", at: -1 };
    if (row.oversized >= 0) return { code: "FIELD_TOO_LARGE", at: row.oversized };
    if (suspect) {
      const nul = row.find(NUL);
      if (nul >= 0) return { code: "NUL_BYTE", at: nul };
      const undecoded = row.find(UNDECODED);
      if (undecoded >= 0) return { code: "ENCODING_INVALID", at: undecoded };
    }
    if (!isText) return null;
    if (row.count >= named && row.count <= names.length) return null;
    const fits =
      this.#settings.surplusCells && !row.overfull && row.count > names.length && row.isEmptyFrom(names.length);
    return fits ? null : { code: "COLUMN_COUNT", at: -1 };
  }

  #readId(row: Row, id: string, asked: Asked | null): Fault | null {
    const { at, layout, platform } = this.#binding;
    const native = (row.mark(at.orderId) & NATIVE) !== 0;
    if (isEmpty(id)) return { code: "MISSING_ID", at: at.orderId };
    if (id !== this.#id) {
      if (isScientific(id)) return { code: "DAMAGED_ID_SCI", at: at.orderId };
      if (!layout.orderId.test(id)) return { code: "BAD_ID", at: at.orderId };
      this.#id = id;
      this.#orderKey = asked?.orderKey ?? this.#settings.seal(platform, id);
      this.#maskedId = `${id.slice(0, 4)}****${id.slice(-4)}`;
    }
    if (this.#isRounded(this.#id, native)) return { code: "DAMAGED_ID_PRECISION", at: at.orderId };
    if (at.lineId < 0) return null;
    const lineId = normaliseId(row.cell(at.lineId));
    if (isEmpty(lineId)) return { code: "MISSING_ID", at: at.lineId };
    if (isScientific(lineId)) return { code: "DAMAGED_ID_SCI", at: at.lineId };
    const nativeLine = (row.mark(at.lineId) & NATIVE) !== 0;
    return this.#isRounded(lineId, nativeLine) ? { code: "DAMAGED_ID_PRECISION", at: at.lineId } : null;
  }

  #isRounded(id: string, native: boolean): boolean {
    if (native && id.length > EXACT_DIGITS && (id.length > 16 || id.endsWith("0"))) return true;
    return this.#settings.roundedIds && id.endsWith("000") && isRounded(id);
  }

  #line(row: Row, skus: readonly number[]): OrderLine | Fault {
    const { at, layout, platform, lineBy } = this.#binding;
    // An amount merged over the lines of an order is the order's: what each line's is, nobody says.
    if (layout.paidScope === "line" && (row.mark(at.paid) & MERGED) !== 0) return { code: "BAD_AMOUNT", at: at.paid };
    const paid = this.#amount(row, at.paid);
    if (paid === BAD) return { code: "BAD_AMOUNT", at: at.paid };
    const refund = this.#refund(row);
    if (refund === BAD) return { code: "BAD_AMOUNT", at: at.refund };
    const placedAt = this.#instant(row, at.placedAt);
    const paidAt = this.#instant(row, at.paidAt);
    const shippedAt = this.#instant(row, at.shippedAt);
    const completedAt = this.#instant(row, at.completedAt);
    if (placedAt === BAD) return { code: "BAD_DATE", at: at.placedAt };
    if (paidAt === BAD) return { code: "BAD_DATE", at: at.paidAt };
    if (shippedAt === BAD) return { code: "BAD_DATE", at: at.shippedAt };
    if (completedAt === BAD) return { code: "BAD_DATE", at: at.completedAt };
    const placed = placedAt ?? paidAt ?? layout.placedFromId?.(this.#id) ?? shippedAt ?? completedAt;
    if (placed === null) return { code: "BAD_DATE", at: Math.max(at.placedAt, at.paidAt) };
    const statusWord =
      at.status < 0
        ? (layout.assumed ?? (paidAt === null ? "placed" : "paid"))
        : this.#words.get(word(row.cell(at.status)));
    if (statusWord === undefined) return { code: "UNKNOWN_STATUS", at: at.status };
    const afterSale = this.#afterSale(row);
    if (afterSale === undefined) return { code: "UNKNOWN_STATUS", at: at.afterSale };
    const lineAmount = at.lineAmount < 0 ? -1 : this.#amount(row, at.lineAmount);
    const settled = settle(layout, {
      word: statusWord,
      afterSale,
      paid,
      refund: refund ?? -1,
      lineAmount,
      everPaid: paidAt !== null,
    });
    this.#fingerprint(row);
    return {
      record: row.number,
      platform,
      layout: layout.name,
      orderKey: this.#orderKey,
      maskedId: this.#maskedId,
      lineKey: lineBy.length === 0 ? null : this.#lineKey(row),
      status: settled.status,
      paidFen: fen(settled.paid),
      paidScope: layout.paidScope,
      refundFen: fen(settled.refund),
      refundScope: layout.refundScope,
      refundUnknown: settled.refundUnknown,
      sku: this.#sku(row, skus),
      quantity: at.quantity < 0 ? null : parseQuantity(row.cell(at.quantity)),
      placedAt: placed,
      paidAt,
      shippedAt,
      completedAt,
      virtualNumber: this.#relayNumber(row),
    };
  }

  #amount(row: Row, at: number): number {
    const cell = row.cell(at);
    if (this.#binding.layout.unit === "fen") return parseWholeFen(cell);
    return (row.mark(at) & NATIVE) !== 0 && cell !== "" ? fenOfNumber(cell) : parseFen(cell);
  }

  /** null where the file has no such column. */
  #refund(row: Row): number | null {
    const at = this.#binding.at.refund;
    if (at < 0) return null;
    if (this.#noRefundWords.has(row.cell(at))) return 0;
    const amount = this.#amount(row, at);
    if (amount !== BAD) return amount;
    const text = plain(row.cell(at));
    return isEmpty(text) || this.#noRefundWords.has(text) ? 0 : BAD;
  }

  #afterSale(row: Row): AfterSaleWord | undefined {
    const at = this.#binding.at.afterSale;
    if (at < 0) return "none";
    const said = word(row.cell(at));
    return isEmpty(said) ? "none" : this.#afterSaleWords.get(said);
  }

  /** null where the cell says nothing, `BAD` where it says no instant. */
  #instant(row: Row, at: number): number | null {
    if (at < 0) return null;
    const cell = row.cell(at);
    if (cell === "") return null;
    const moment = this.#moment;
    if ((row.mark(at) & NATIVE) !== 0) momentOfSerial(cell, this.#settings.from1904, moment);
    else parseMoment(cell, moment);
    if (moment.at === BAD) return isEmpty(plain(cell)) ? null : BAD;
    if (!moment.exact) {
      this.#warnings.push({ row: row.number, column: this.#binding.names[at] ?? "", code: "DATE_SECONDS_LOST" });
    }
    return moment.at;
  }

  #sku(row: Row, skus: readonly number[]): string | null {
    for (const at of skus) {
      const sku = plain(row.cell(at));
      if (!isEmpty(sku)) return sku.slice(0, MAX_SKU);
    }
    return null;
  }

  /** The first line of an order often bears the order's own id, and then its key. */
  #lineKey(row: Row): string {
    const { platform, lineBy } = this.#binding;
    const [first = 0, second] = lineBy;
    let line = normaliseId(row.cell(first));
    if (line === this.#id && second === undefined) return this.#orderKey.toString("base64url");
    for (const at of lineBy.slice(1)) line += `\n${plain(row.cell(at))}`;
    return this.#settings.seal(platform, `${this.#id}\n${line}`).toString("base64url");
  }

  #relayNumber(row: Row): OrderLine["virtualNumber"] {
    const { at } = this.#binding;
    const cell = at.phone < 0 ? "" : row.cell(at.phone);
    if (cell.length < 15) return null;
    const relay = relayNumber(plain(cell));
    if (relay === null) return null;
    const stated = at.phoneExpiresAt < 0 ? "" : row.cell(at.phoneExpiresAt);
    parseMoment(stated, this.#moment);
    return { ...relay, expiresAt: this.#moment.at === BAD ? null : this.#moment.at };
  }

  /** The order, the line and all that is kept of it: what makes two rows of a file the same. */
  #fingerprint(row: Row): void {
    const { at, skus, lineBy } = this.#binding;
    const hash = this.#hash;
    hash.reset(this.#orderKey.readInt32LE(0), this.#orderKey.readInt32LE(4));
    const add = (column: number): void => {
      if (column >= 0 && column < row.count) hash.add(row.text, row.start(column), row.end(column));
    };
    for (const column of lineBy) add(column);
    for (const column of skus) add(column);
    add(at.status);
    add(at.afterSale);
    add(at.paid);
    add(at.refund);
    add(at.quantity);
    add(at.placedAt);
    add(at.paidAt);
    add(at.shippedAt);
    add(at.completedAt);
  }
}
