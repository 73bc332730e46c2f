import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, buttonLook } from "./button-look.ts";

/**
 * A native button. `tone`: one `primary` a view, `danger` for what cannot be undone, `quiet` inside rows.
 * `pending` announces work under way; pair it with `useSubmit`, which refuses a second submission.
 */
export function Button({
  tone,
  size,
  pending = false,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & ButtonLook & { pending?: boolean }) {
  return (
    <button type={type} aria-busy={pending || undefined} className={buttonLook({ tone, size, className })} {...rest} />
  );
}

/** A button that shows only an icon; `label` is its name for everybody who does not see it. */
export function IconButton({
  label,
  children,
  ...rest
}: Omit<ComponentProps<typeof Button>, "aria-label"> & { label: string; children: ReactNode }) {
  return (
    <Button tone="quiet" size="icon" aria-label={label} title={label} {...rest}>
      {children}
    </Button>
  );
}
