import type { RowCode } from "./model.ts";
import type { CellPlace, KnownOrder, Leak, OrderLine, ReadBatch, RowReason, RowWarning } from "./reading.ts";

/** A batch in the making. */
export class Batch {
  readonly lines: OrderLine[] = [];
  readonly reasons: RowReason[] = [];
  readonly warnings: RowWarning[] = [];
  readonly leaks: Leak[] = [];
  readonly formulaCells: CellPlace[] = [];
  readonly known: KnownOrder[] = [];
  /** By order key, a character a byte. */
  readonly rowsHashes = new Map<string, Buffer>();
  data = 0;
  rejected = 0;
  skipped = 0;
  duplicateLines = 0;
  virtualNumbers = 0;
  knownRows = 0;
  rejects = "";

  /** Counts a row that is no order's, or an order's for the second time. */
  skip(row: number, code: RowCode, orderKey: Buffer | null = null): void {
    this.skipped += 1;
    this.reasons.push({ row, column: null, code, orderKey });
  }

  /** How much there is to say about its rows so far, relay numbers aside. */
  get remarks(): number {
    return this.reasons.length + this.warnings.length + this.leaks.length + this.formulaCells.length;
  }

  finish(lastRecord: number): ReadBatch {
    const {
      lines,
      reasons,
      warnings,
      leaks,
      formulaCells,
      known,
      rowsHashes,
      knownRows,
      data,
      rejected,
      skipped,
      duplicateLines,
      virtualNumbers,
      rejects,
    } = this;
    return {
      lines,
      known,
      rowsHashes,
      counts: { read: data + skipped, data, accepted: lines.length + knownRows, rejected, skipped },
      duplicateLines,
      virtualNumbers,
      reasons,
      warnings,
      leaks,
      formulaCells,
      rejects,
      lastRecord,
    };
  }
}
