// biome-ignore-all lint/a11y/noRedundantRoles: Safari forgets what a table is once CSS lays it out as cards
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** One column. `align: "end"` for figures, with the unit in the header; `sort` makes the header a link. */
export type Column<Row> = {
  readonly key: string;
  readonly header: ReactNode;
  /** The header as text for the cards of a narrow screen; needed only when `header` is not a string. */
  readonly label?: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "start" | "end";
  /** The column that names the row (its header cell). */
  readonly names?: boolean;
  readonly sort?: { readonly href: string; readonly direction: "ascending" | "descending" | "none" };
  /** Extra classes of the cells, such as a width. */
  readonly className?: string;
};

/**
 * A native table with a caption, drawn on the server; under 640 px each row is a labelled card.
 * Put it in a `Card`, follow it with a `Pager`, and show an `EmptyState` instead of it when `rows` is empty.
 * `hideCaption` when a heading right above says the same.
 */
export function Table<Row>({
  caption,
  hideCaption = false,
  columns,
  rows,
  rowKey,
  highlight,
}: {
  caption: ReactNode;
  hideCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Marks a row that was just made. */
  highlight?: (row: Row) => boolean;
}) {
  return (
    <div className="-mx-px overflow-x-auto">
      <table className="stacked w-full border-collapse text-base" role="table">
        <caption className={hideCaption ? "sr-only" : "pb-2 text-start text-sm text-ink-2"}>{caption}</caption>
        <thead>
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                role="columnheader"
                aria-sort={column.sort?.direction}
                className={`h-9 border-b border-line px-3 text-sm font-strong whitespace-nowrap text-ink-2 ${side(column.align)}`}
              >
                {column.sort ? <SortLink sort={column.sort}>{column.header}</SortLink> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className={`hover:bg-sunken ${highlight?.(row) ? "bg-brand-soft" : ""}`}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const label = column.label ?? (typeof column.header === "string" ? column.header : "");
  const look = `h-(--row-height) border-b border-line px-3 py-1.5 ${side(column.align)} ${column.className ?? ""}`;
  return column.names ? (
    <th scope="row" role="rowheader" data-label={label} className={`${look} font-regular`}>
      {column.cell(row)}
    </th>
  ) : (
    <td role="cell" data-label={label} className={look}>
      {column.cell(row)}
    </td>
  );
}

function SortLink({ sort, children }: { sort: NonNullable<Column<never>["sort"]>; children: ReactNode }) {
  const Arrow = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[sort.direction];
  return (
    <Link
      prefetch={false}
      href={sort.href}
      scroll={false}
      className="inline-flex min-h-(--tap) items-center gap-1 text-inherit no-underline hover:text-ink"
    >
      {children}
      <Arrow aria-hidden size={14} />
    </Link>
  );
}

const side = (align: "start" | "end" | undefined) => (align === "end" ? "text-end" : "text-start");
