"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import type { ButtonLook } from "#app/ui/button-look.ts";
import { FormProblem } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";

/** A button that does one thing, and says beside itself why when it did not. */
export function Act({
  send,
  done,
  name,
  tone,
  size,
  children,
}: {
  send: () => Promise<unknown>;
  done: () => void;
  /** What it acts on, for those who do not see where it stands. */
  name?: string;
  children: ReactNode;
} & ButtonLook) {
  const form = useSubmit({ send, done });
  const page = usePathname();
  return (
    <div className="grid gap-2">
      <Button tone={tone} size={size} pending={form.pending} aria-label={name} onClick={() => form.run()}>
        {children}
      </Button>
      <FormProblem form={form} signIn={`/join?next=${encodeURIComponent(page)}`} />
    </div>
  );
}
