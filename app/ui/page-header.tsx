import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/**
 * The top of every page: its one `h1` (which takes focus after a navigation), where it hangs (`back`),
 * what it is about and what one can do. Give the page's `metadata.title` the same words.
 */
export function PageHeader({
  title,
  back,
  description,
  actions,
  badge,
}: {
  title: ReactNode;
  back?: { href: string; label: string };
  description?: ReactNode;
  actions?: ReactNode;
  badge?: ReactNode;
}) {
  return (
    <header className="mb-5 grid gap-1">
      {back && (
        <Link
          prefetch={false}
          href={back.href}
          className="-ms-1 inline-flex min-h-(--tap) w-fit items-center gap-0.5 text-sm text-ink-2 no-underline hover:text-ink"
        >
          <ChevronLeft aria-hidden size={16} />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="min-w-0 text-xl font-strong">
          {title}
        </h1>
        {badge}
        {actions && <div className="ms-auto flex flex-wrap gap-2">{actions}</div>}
      </div>
      {description && <p className="max-w-[48em] text-ink-2">{description}</p>}
    </header>
  );
}
