import Link from "next/link";
import type { ReactNode } from "react";

/** Views of one page as links: each has its own address, so Back and sharing work. */
export function Tabs({
  label,
  items,
  current,
}: {
  label: string;
  items: readonly { href: string; key: string; label: ReactNode }[];
  current: string;
}) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-line">
      <ul className="flex gap-5">
        {items.map((item) => (
          <li key={item.key}>
            <Link
              prefetch={false}
              href={item.href}
              scroll={false}
              aria-current={item.key === current ? "page" : undefined}
              className="inline-flex min-h-10 items-center border-b-2 border-transparent whitespace-nowrap text-ink-2 no-underline hover:text-ink aria-[current=page]:border-brand aria-[current=page]:font-strong aria-[current=page]:text-brand"
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
