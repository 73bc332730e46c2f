import type { Locale } from "#app/i18n/locales.ts";
import en from "#app/messages/en/orderConsole.json" with { type: "json" };
import enOrders from "#app/messages/en/orders.json" with { type: "json" };
import zh from "#app/messages/zh-CN/orderConsole.json" with { type: "json" };
import zhOrders from "#app/messages/zh-CN/orders.json" with { type: "json" };
import type { Context } from "../../../core/context.ts";
import type { FoundOrder, OrderFilter } from "../model.ts";
import { walk } from "../queries.ts";
import { csv } from "./csv.ts";
import { type ExportFormat, MAX_EXPORT_ROWS } from "./model.ts";
import type { ExportRow } from "./service.ts";
import type { Cell, SheetWriter } from "./sheet.ts";
import { xlsx } from "./xlsx.ts";

const catalogues = { "zh-CN": { ...zh, ...pick(zhOrders) }, en: { ...en, ...pick(enOrders) } };
type Words = (typeof catalogues)[Locale];

const writers: Record<ExportFormat, SheetWriter> = { csv, xlsx };
const types: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Orders that are read at a time, and so held at once. */
const AT_ONCE = 1_000;

/** A file under way. */
export type ExportFile = {
  readonly name: string;
  readonly type: string;
  readonly pieces: AsyncGenerator<Uint8Array>;
  /** Rows that have been written so far. */
  readonly rows: () => number;
};

/**
 * The file of an export, made as it is taken: masked numbers and impersonal facts alone, above them its own number, who
 * took it, when and why, so that a copy that turns up somewhere is traced. Throws once there are more rows than an export
 * may have, which an import in the meantime can bring about: a file that is cut off must not look whole.
 */
export function fileOf(ctx: Pick<Context, "db" | "now">, row: ExportRow, by: string, locale: Locale): ExportFile {
  const words = catalogues[locale];
  const { file } = words;
  let written = 0;
  async function* rows() {
    for await (const some of walk(ctx, row.filter, AT_ONCE)) {
      written += some.length;
      if (written > MAX_EXPORT_ROWS) throw new Error("more orders than an export may have");
      yield some.map((order) => cellsOf(order, words));
    }
  }
  const mark = [file.mark, row.id] as const;
  return {
    name: `orders-${row.id}.${row.format}`,
    type: types[row.format],
    rows: () => written,
    pieces: writers[row.format]({
      mark: row.id,
      title: file.title,
      preamble: [
        mark,
        [file.by, by],
        [file.at, ctx.now],
        [file.purpose, words.export.purposes[row.purpose]],
        [file.filter, filterText(row.filter, words)],
        [file.notice, file.noticeText],
      ],
      header: Object.values(file.columns),
      rows: rows(),
      ending: () => [mark, [file.rows, written]],
    }),
  };
}

function cellsOf(order: FoundOrder, { statuses, platforms, file }: Words): Cell[] {
  return [
    order.maskedId,
    platforms[order.platform],
    statuses[order.status],
    { fen: order.paid },
    order.refundUnknown ? file.unknown : { fen: order.refunded },
    order.placedAt,
    order.ownerId === null ? file.no : file.yes,
    order.batchId,
  ];
}

/** A filter in words; the masked number and the batch as they are. */
function filterText(filter: OrderFilter, { fields, statuses, platforms, imported, file }: Words): string {
  const { number, platform, status, batchId, owned, from, to } = filter;
  const said: [label: string, value: string | undefined][] = [
    [fields.number, number],
    [fields.platform, platform && platforms[platform]],
    [fields.status, status && statuses[status]],
    [fields.batchId, batchId],
    [fields.imported, filter.imported && imported[filter.imported]],
    [fields.owned, owned === undefined ? undefined : owned ? file.yes : file.no],
    [fields.from, from],
    [fields.to, to],
  ];
  const parts = said.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`]));
  return parts.join("; ") || file.everything;
}

function pick({ statuses, platforms }: typeof zhOrders) {
  return { statuses, platforms };
}
