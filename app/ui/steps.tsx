import type { ReactNode } from "react";

/** The steps of a task: which are done, which is now, which come. Done steps may link back. */
export function Steps({
  label,
  items,
  current,
}: {
  label: string;
  items: readonly { key: string; label: ReactNode; href?: string }[];
  current: string;
}) {
  const now = items.findIndex((item) => item.key === current);
  return (
    <ol aria-label={label} className="mb-5 flex flex-wrap gap-x-6 gap-y-2">
      {items.map((item, index) => (
        <li
          key={item.key}
          aria-current={index === now ? "step" : undefined}
          className="flex items-center gap-2 text-ink-3 aria-[current=step]:font-strong aria-[current=step]:text-ink"
        >
          <span
            aria-hidden
            className={`grid size-6 place-items-center rounded-full border text-sm ${index < now ? "border-brand bg-brand-soft text-brand" : index === now ? "border-brand bg-brand text-on-brand" : "border-control"}`}
          >
            {index + 1}
          </span>
          {item.href && index < now ? (
            <a href={item.href} className="text-brand">
              {item.label}
            </a>
          ) : (
            item.label
          )}
        </li>
      ))}
    </ol>
  );
}
