import type { ReactNode } from "react";
import { useFormats } from "../format/use.ts";

export type TimelineEntry = {
  readonly key: string;
  readonly at: Date;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
};

/** What happened, newest first, each with its minute in Beijing time. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  const { dateTime } = useFormats();
  return (
    <ol aria-label={label} className="ms-1.5 border-s border-line">
      {entries.map((entry) => (
        <li
          key={entry.key}
          className="relative ps-5 pb-4 last:pb-0 before:absolute before:-start-[5px] before:top-[.45em] before:size-[9px] before:rounded-full before:border-2 before:border-brand before:bg-surface"
        >
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="font-strong">{entry.title}</p>
            <time dateTime={entry.at.toISOString()} className="text-sm text-ink-3">
              {dateTime(entry.at)}
            </time>
          </div>
          {entry.detail && <div className="text-ink-2">{entry.detail}</div>}
        </li>
      ))}
    </ol>
  );
}
