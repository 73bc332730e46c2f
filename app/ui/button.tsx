import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { tv, type VariantProps } from "tailwind-variants/lite";

const look = tv({
  base: "inline-flex min-h-(--control-height) shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-base font-strong whitespace-nowrap no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-busy:cursor-progress aria-busy:opacity-70 aria-disabled:opacity-60",
  variants: {
    tone: {
      primary: "border-brand bg-brand text-on-brand hover:opacity-90",
      plain: "border-control bg-surface text-ink hover:bg-sunken",
      quiet: "border-transparent bg-transparent text-brand hover:bg-brand-soft",
      danger: "border-bad bg-surface text-bad hover:bg-sunken",
    },
    size: { md: "", sm: "min-h-(--tap) px-2 text-sm", wide: "w-full" },
  },
  defaultVariants: { tone: "plain", size: "md" },
});
type Look = VariantProps<typeof look>;

/**
 * A native button. `tone`: one `primary` a view, `danger` for what cannot be undone, `quiet` inside rows.
 * `pending` announces work under way; pair it with `useSubmit`, which refuses a second submission.
 */
export function Button({ tone, size, pending = false, className, type = "button", ...rest }: ComponentProps<"button"> & Look & { pending?: boolean }) {
  return <button type={type} aria-busy={pending || undefined} className={look({ tone, size, className })} {...rest} />;
}

/** A link that looks like a button: for going somewhere, never for changing something. Pages answer within milliseconds, so no link fetches ahead. */
export function LinkButton({ tone, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link prefetch={false} className={look({ tone, size, className })} {...rest} />;
}

/** A button that shows only an icon; `label` is its name for everybody who does not see it. */
export function IconButton({ label, children, ...rest }: Omit<ComponentProps<typeof Button>, "aria-label"> & { label: string; children: ReactNode }) {
  return (
    <Button tone="quiet" aria-label={label} title={label} {...rest}>
      {children}
    </Button>
  );
}

/** A link in running text or a cell. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} className={`text-brand underline decoration-1 underline-offset-3 hover:decoration-2 ${className ?? ""}`} {...rest} />;
}
