import type { ReactNode } from "react";

/**
 * How far something is. `text` is the value in words (¥680.00 / ¥1,000.00), shown and announced;
 * `max` of 0 or an unknown `value` shows work without an end.
 */
export function Progress({
  label,
  value,
  max,
  text,
}: {
  label: ReactNode;
  value: number | null;
  max: number;
  text: ReactNode;
}) {
  return (
    <label className="grid gap-1">
      <span className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="text-ink-2">{label}</span>
        <span className="font-strong">{text}</span>
      </span>
      <progress
        className="h-2 w-full rounded-full text-brand"
        max={max > 0 ? max : 1}
        {...(value === null ? {} : { value: Math.min(value, max) })}
      />
    </label>
  );
}
