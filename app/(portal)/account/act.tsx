"use client";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";

/** A button that does one thing, and says beside itself why when it did not. */
export function Act({
  send,
  done,
  name,
  wide = false,
  children,
}: {
  send: () => Promise<unknown>;
  done: () => void;
  /** What it acts on, for those who do not see where it stands. */
  name?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const form = useSubmit({ send, done });
  return (
    <div className="grid gap-2">
      <Button size={wide ? "wide" : "md"} pending={form.pending} aria-label={name} onClick={() => form.run()}>
        {children}
      </Button>
      <FormProblem form={form} signIn="/join?next=/account" />
    </div>
  );
}
