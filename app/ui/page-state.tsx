import type { ReactNode } from "react";
import { buttonLook } from "./button-look.ts";

/** A whole page that says why there is nothing else: not found, not allowed, failed, signed out. */
export function PageState({
  status,
  title,
  hint,
  home,
  actions,
  children,
}: {
  status: string;
  title: string;
  hint: string;
  home?: { href: string; label: string };
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="mx-auto grid max-w-[36em] gap-3 px-4 py-16">
      <p className="font-mono text-sm text-ink-3">{status}</p>
      <h1 tabIndex={-1} className="text-xl font-strong">
        {title}
      </h1>
      <p className="text-ink-2">{hint}</p>
      {children}
      <div className="mt-3 flex flex-wrap gap-2">
        {actions}
        {home && (
          <a href={home.href} className={buttonLook()}>
            {home.label}
          </a>
        )}
      </div>
    </div>
  );
}
