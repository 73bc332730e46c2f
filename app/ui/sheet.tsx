"use client";
import { type ReactNode, useId, useRef } from "react";
import { Button } from "./button.tsx";

/** A native modal of the portal, from the bottom of a phone: the browser keeps focus inside and closes it on Escape. */
export function Sheet({
  opener,
  name,
  title,
  close,
  children,
}: {
  opener: ReactNode;
  /** The opener's name, for those who do not see where it stands. */
  name?: string;
  title: ReactNode;
  close: string;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  return (
    <>
      <Button aria-label={name} onClick={() => dialog.current?.showModal()}>
        {opener}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={heading}
        className="sheet rounded-t-card bg-surface p-5 text-ink sm:rounded-card"
      >
        <h2 id={heading} className="mb-3 text-lg font-strong">
          {title}
        </h2>
        {children}
        <Button size="wide" className="mt-4" onClick={() => dialog.current?.close()}>
          {close}
        </Button>
      </dialog>
    </>
  );
}
