"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** The portal's places: a row under the brand, and on a phone a bar at the thumb. The icons come drawn. */
export function PlaceLinks({
  label,
  items,
}: {
  label: string;
  items: readonly { href: string; icon: ReactNode; label: string }[];
}) {
  const path = usePathname();
  const isHere = (href: string) => path === href || (href !== "/" && path.startsWith(`${href}/`));
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:static sm:w-full sm:border-t-0 sm:border-b sm:bg-transparent"
    >
      <ul className="flex justify-around sm:justify-start sm:gap-6">
        {items.map((item) => (
          <li key={item.href} className="min-w-0 flex-1 sm:flex-none">
            <Link
              prefetch={false}
              href={item.href}
              aria-current={isHere(item.href) ? "page" : undefined}
              className="flex min-h-14 flex-col items-center justify-center gap-0.5 text-[min(var(--text-sm),4.2vw)] text-ink-2 no-underline aria-[current=page]:font-strong aria-[current=page]:text-brand sm:min-h-11 sm:flex-row sm:border-b-2 sm:border-transparent sm:text-base sm:aria-[current=page]:border-brand"
            >
              <span className="sm:hidden">{item.icon}</span>
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
