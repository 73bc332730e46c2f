import { columnName, isEmpty, normaliseId, plain } from "./cells.ts";
import { type Binding, type Expected, type HeaderVerdict, readHeader } from "./header.ts";
import type { Row } from "./row.ts";

/** How far down a sheet its header is looked for. */
const MAX_PREAMBLE = 60;

/** What a record is: above the table, its header, nothing, one that says nothing of an order, or an order's. */
export type Kind = "preamble" | "header" | "blank" | "repeated" | "footer" | "data";

const FOOTER =
  /^(?:合计|总计|小计|汇总|共计|总共|说明|备注[:：]|注[:：]|注意|温馨提示|提示|以上|数据来源|导出|制表|第\d+页|共\d+)/;

/** Follows the headers of a file: each sheet has its own, below some lines of title. */
export class Headers {
  /** The header that holds for the present row; null above it. */
  binding: Binding | null = null;
  /** The first header of the file, which names its layout. */
  first: Binding | null = null;
  /** A header that looks like a layout of ours and cannot be read. */
  refusal: (HeaderVerdict & { kind: "refused" }) | null = null;
  /** The normalised id of the last order's row. */
  id = "";
  readonly #expected: Expected;
  #rawId = "";
  #sheet = -1;
  #seen = 0;
  #above: Binding | null = null;

  constructor(expected: Expected = {}) {
    this.#expected = expected;
  }

  /** What this row is. A row whose id fits is an order's row without further questions. */
  classify(row: Row): Kind {
    if (row.sheet !== this.#sheet) {
      this.#sheet = row.sheet;
      this.#seen = 0;
      this.#above = this.binding;
      this.binding = null;
      this.#rawId = "";
    }
    if (this.binding === null) this.#carryOver(row);
    const { binding } = this;
    if (binding === null) return this.#look(row);
    const raw = row.cell(binding.at.orderId);
    if (raw === this.#rawId && raw !== "") return "data";
    const id = normaliseId(raw);
    const fits = binding.layout.orderId.test(id);
    const whole = row.oversized < 0 && !row.overfull;
    if (!fits && whole && row.isBlank()) return "blank";
    if (!fits && whole && repeats(row, binding)) return "repeated";
    if (!fits && whole && isFooter(row, raw)) return "footer";
    this.id = id;
    this.#rawId = fits ? raw : "";
    return "data";
  }

  /** A sheet may go on where the one before was full, without a header of its own. */
  #carryOver(row: Row): void {
    const above = this.#above;
    if (this.#seen > 0 || above === null) return;
    if (above.layout.orderId.test(normaliseId(row.cell(above.at.orderId)))) this.binding = above;
  }

  #look(row: Row): Kind {
    if (this.#seen >= MAX_PREAMBLE) return "preamble";
    this.#seen += 1;
    const { platform = this.first?.platform, declared } = this.#expected;
    const verdict = readHeader(row.cells(), { platform, declared, found: this.first !== null });
    if (verdict === null) return "preamble";
    if (verdict.kind === "refused") {
      this.refusal ??= verdict;
      return "preamble";
    }
    this.binding = verdict.binding;
    this.first ??= verdict.binding;
    return "header";
  }
}

function repeats(row: Row, { keys, at }: Binding): boolean {
  const same = (column: number): boolean => columnName(row.cell(column)) === keys[column];
  return same(at.orderId) && same(at.paid);
}

/** A sum or a remark below the orders: a telling first word, or a single cell of text in a row without an id. */
function isFooter(row: Row, id: string): boolean {
  const filled = row.cells().filter((cell) => !isEmpty(plain(cell)));
  const first = plain(filled[0] ?? "");
  if (FOOTER.test(first)) return isEmpty(plain(id)) || FOOTER.test(plain(id));
  return filled.length === 1 && row.cut === false && /[\u4e00-\u9fa5]{4}/.test(first);
}
