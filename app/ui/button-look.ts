const tones = {
  primary: "border-brand bg-brand text-on-brand hover:opacity-90",
  plain: "border-control bg-surface text-ink hover:bg-sunken",
  quiet: "border-transparent bg-transparent text-brand hover:bg-brand-soft",
  danger: "border-bad bg-surface text-bad hover:bg-sunken",
} as const;

const sizes = {
  md: "min-h-(--control-height) px-3 text-base",
  sm: "min-h-(--tap) px-2 text-sm",
  wide: "min-h-(--control-height) w-full px-3 text-base",
  icon: "min-h-(--control-height) w-(--control-height) min-w-(--tap)",
} as const;

export type ButtonLook = { readonly tone?: keyof typeof tones; readonly size?: keyof typeof sizes };

/** The classes of a button, whatever element it is. */
export function buttonLook({
  tone = "plain",
  size = "md",
  className = "",
}: ButtonLook & { className?: string } = {}): string {
  return `inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 rounded-md border py-0.5 text-center font-strong no-underline sm:whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-busy:cursor-progress aria-busy:opacity-70 aria-disabled:opacity-60 ${tones[tone]} ${sizes[size]} ${className}`;
}
