import { csvLine } from "../../../core/csv.ts";
import { localTime } from "../../../core/time.ts";
import { type Cell, type SheetWriter, yuan } from "./sheet.ts";

/** Excel takes a file for UTF-8 by this mark alone. */
const BOM = "\ufeff";

/** A CSV file in UTF-8. */
export const csv: SheetWriter = async function* ({ preamble, header, rows, ending }) {
  yield Buffer.from(BOM + [...preamble, [], header].map(line).join(""));
  for await (const some of rows) yield Buffer.from(some.map(line).join(""));
  yield Buffer.from([[], ...ending()].map(line).join(""));
};

function line(cells: readonly Cell[]): string {
  return csvLine(cells.map(textOf));
}

function textOf(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return String(cell);
  return cell instanceof Date ? localTime(cell) : yuan(cell.fen);
}
