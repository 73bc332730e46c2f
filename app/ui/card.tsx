import { type ReactNode, useId } from "react";

/** A surface with a hairline. With a `title` it is a labelled section; `level` fits the page's outline. */
export function Card({
  title,
  actions,
  level = 2,
  className,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  level?: 2 | 3;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={`min-w-0 rounded-lg border border-line *:min-w-0 bg-surface p-4 [[data-app=portal]_&]:rounded-card ${className ?? ""}`}
    >
      {(title || actions) && (
        <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
          {title && (
            <Heading id={id} className="text-lg font-strong">
              {title}
            </Heading>
          )}
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** One figure with its name and an optional line of context, such as what it was before. */
export function Stat({ label, value, note }: { label: ReactNode; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-2">{label}</dt>
      <dd className="text-xl font-strong break-words sm:text-num">{value}</dd>
      {note && <dd className="text-sm text-ink-3">{note}</dd>}
    </div>
  );
}

/** A row of `Stat`s. */
export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-4 sm:grid-cols-[repeat(auto-fill,minmax(11.5rem,1fr))]">
      {children}
    </dl>
  );
}
