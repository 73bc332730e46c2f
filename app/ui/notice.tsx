import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const shapes = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX, info: Info };
const colours = { ok: "text-ok", warn: "text-warn", bad: "text-bad", info: "text-info" };

/** A message that stays on the page. `live` announces it when it appears after the page did. */
export function Notice({
  tone = "info",
  title,
  live = false,
  children,
}: {
  tone?: keyof typeof shapes;
  title?: ReactNode;
  live?: boolean;
  children?: ReactNode;
}) {
  const Shape = shapes[tone];
  return (
    <div
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
      className="flex gap-2.5 rounded-lg border border-line bg-surface p-3"
    >
      <Shape aria-hidden size={18} className={`mt-0.5 shrink-0 ${colours[tone]}`} />
      <div className="grid min-w-0 gap-1">
        {title && <p className="font-strong">{title}</p>}
        {children && <div className="text-ink-2">{children}</div>}
      </div>
    </div>
  );
}
