import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonLook } from "./button-look.ts";

/**
 * A link that looks like a button: for going somewhere, never for changing something.
 * Pages answer within milliseconds, so no link of ours fetches ahead.
 */
export function LinkButton({ tone, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link prefetch={false} className={buttonLook({ tone, size, className })} {...rest} />;
}

/** A link in running text or a cell. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch={false}
      className={`text-brand underline decoration-1 underline-offset-3 hover:decoration-2 ${className ?? ""}`}
      {...rest}
    />
  );
}
