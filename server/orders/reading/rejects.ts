import { csvLine } from "../../core/csv.ts";
import { inspect } from "../leaks/detect.ts";
import { redact } from "../leaks/mask.ts";
import { isPersonName, startsWithSurname } from "../leaks/names.ts";
import { NAME, type Role, TEXT } from "../leaks/roles.ts";
import { type Binding, REASON_COLUMN } from "./header.ts";
import type { RowCode } from "./model.ts";
import type { Row } from "./row.ts";

const BOM = "\ufeff";

/** The header of a file of rejects: a reason, then the columns as they were. */
export function rejectsHeader(binding: Binding): string {
  return BOM + csvLine([REASON_COLUMN, ...binding.names]);
}

/**
 * A rejected row in its own columns, to be corrected and uploaded again: personal cells masked, nothing that a
 * spreadsheet program would run. Where the cells do not fit the columns, whatever looks like a name is masked too.
 */
export function rejectedRow(row: Row, binding: Binding, code: RowCode, column: string | null): string {
  const aligned = row.count >= binding.named && row.count <= binding.names.length && !row.cut;
  const cells = row.cells().map((cell, index) => cleaned(cell, aligned ? (binding.roles[index] ?? TEXT) : null));
  return csvLine([column === null ? code : `${code} ${column}`, ...cells]);
}

function cleaned(cell: string, role: Role | null): string {
  const bounded = cell.length > 1_000 ? `${cell.slice(0, 20)}…` : cell;
  const finding = inspect(bounded, role ?? TEXT);
  if (finding.hits.length > 0) return redact(finding);
  const bare = bounded.trim();
  if (role === null && isPersonName(bare) && startsWithSurname(bare)) return redact(inspect(bounded, NAME));
  return bounded;
}
