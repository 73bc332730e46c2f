import { Circle, CircleCheck, CircleDashed, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What a state means. Each has its own shape, so that a greyscale print still tells them apart. */
export type Tone = "neutral" | "draft" | "ok" | "warn" | "bad" | "info";

const shapes = { neutral: Circle, draft: CircleDashed, ok: CircleCheck, warn: TriangleAlert, bad: CircleX, info: Info };
const colours = {
  neutral: "text-ink-2",
  draft: "text-ink-3",
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-info",
};

/** A state in a word, with a shape and a colour. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  const Shape = shapes[tone];
  return (
    <span className={`inline-flex items-center gap-1 text-sm font-strong whitespace-nowrap ${colours[tone]}`}>
      <Shape aria-hidden size={14} strokeWidth={2.25} />
      {children}
    </span>
  );
}

/** The name of a tier on its ground. `tier` is the tier's code, which picks the colour; the name is what is read. */
export function TierName({ tier, children }: { tier: string; children: ReactNode }) {
  return (
    <span
      data-tier={tier}
      className="inline-block rounded-sm bg-(--tier-ground) px-1.5 text-sm font-strong whitespace-nowrap text-(--tier-text)"
    >
      {children}
    </span>
  );
}
