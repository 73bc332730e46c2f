import type { RowCode } from "./model.ts";
import type { CellPlace, Leak, OrderLine, ReadBatch, RowReason, RowWarning } from "./reading.ts";

/** A batch in the making. */
export class Batch {
  readonly lines: OrderLine[] = [];
  readonly reasons: RowReason[] = [];
  readonly warnings: RowWarning[] = [];
  readonly leaks: Leak[] = [];
  readonly formulaCells: CellPlace[] = [];
  data = 0;
  rejected = 0;
  skipped = 0;
  duplicateLines = 0;
  virtualNumbers = 0;
  rejects = "";

  /** Counts a row that is no order's, or an order's for the second time. */
  skip(row: number, code: RowCode, orderKey: Buffer | null = null): void {
    this.skipped += 1;
    this.reasons.push({ row, column: null, code, orderKey });
  }

  get rows(): number {
    return this.data + this.skipped;
  }

  finish(lastRecord: number): ReadBatch {
    const {
      lines,
      reasons,
      warnings,
      leaks,
      formulaCells,
      data,
      rejected,
      skipped,
      duplicateLines,
      virtualNumbers,
      rejects,
    } = this;
    return {
      lines,
      counts: { read: data + skipped, data, accepted: lines.length, rejected, skipped },
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
