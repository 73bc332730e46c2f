"use client";
import { type ReactNode, useEffect, useId, useRef } from "react";

/** What came of an act: its heading takes the focus as it appears, so that it is read out and nothing is missed. */
export function Result({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <h2 id={id} ref={heading} tabIndex={-1} className="text-xl font-strong">
        {title}
      </h2>
      {children}
    </section>
  );
}
