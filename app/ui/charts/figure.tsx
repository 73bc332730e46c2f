import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** The two widths a chart is drawn for, in pixels of its own: text keeps its size on a phone. */
export const widths = { narrow: 330, wide: 640 } as const;

/**
 * A chart with what it found as its title, and the very figures as a table under it. The drawing itself is hidden from
 * screen readers: the table says more.
 */
export function ChartFigure({
  title,
  hint,
  draw,
  table,
  folded = false,
}: {
  title: ReactNode;
  hint?: ReactNode;
  draw: (width: number) => ReactNode;
  table: ReactNode;
  /** Puts a long table behind a disclosure. */
  folded?: boolean;
}) {
  const t = useTranslations("shell.chart");
  return (
    <figure className="grid min-w-0 gap-3">
      <figcaption className="grid gap-0.5">
        <span className="text-lg font-strong text-balance">{title}</span>
        {hint && <span className="text-sm text-ink-3">{hint}</span>}
      </figcaption>
      <div aria-hidden data-print="hide" className="sm:hidden">
        {draw(widths.narrow)}
      </div>
      <div aria-hidden className="hidden sm:block">
        {draw(widths.wide)}
      </div>
      {folded ? (
        <details>
          <summary className="min-h-(--tap) w-fit text-sm text-brand">{t("figures")}</summary>
          <div className="mt-2 max-h-80 overflow-y-auto">{table}</div>
        </details>
      ) : (
        table
      )}
    </figure>
  );
}
