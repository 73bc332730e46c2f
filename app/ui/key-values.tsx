import type { ReactNode } from "react";

/** Names and values, two columns from 640 px. A value of `null` or "" prints as `--`. */
export function KeyValues({ items }: { items: readonly { key: string; label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {items.map((item) => (
        <div key={item.key} className="grid gap-x-6 sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="text-sm text-ink-2 sm:text-base">{item.label}</dt>
          <dd className="min-w-0">
            {item.value === null || item.value === undefined || item.value === "" ? "--" : item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
