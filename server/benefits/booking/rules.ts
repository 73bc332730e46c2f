import { addDays, startOfBusinessDay } from "../../core/time.ts";
import { CANCEL_BEFORE_MS, type OpenSlots } from "../model.ts";
import type { Span } from "../periods/rules.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Whether all slots of a day end on that day. */
export function endOnTheirDay({ opens, minutes, perDay }: Pick<OpenSlots, "opens" | "minutes" | "perDay">): boolean {
  return opens + minutes * perDay <= DAY_MINUTES;
}

/** The slots that a plan opens: of one length, one after the other, day by day; none that has begun. */
export function slotSpans(plan: Pick<OpenSlots, "from" | "days" | "opens" | "minutes" | "perDay">, now: Date): Span[] {
  return Array.from({ length: plan.days }, (_, day) => addDays(startOfBusinessDay(plan.from), day))
    .flatMap((midnight) =>
      Array.from({ length: plan.perDay }, (_, n) => {
        const from = midnight.getTime() + (plan.opens + n * plan.minutes) * MINUTE_MS;
        return { from: new Date(from), to: new Date(from + plan.minutes * MINUTE_MS) };
      }),
    )
    .filter(({ from }) => from > now);
}

/** Whether a booking may still be given back. */
export function mayCancel(startsAt: Date, at: Date): boolean {
  return startsAt.getTime() - CANCEL_BEFORE_MS > at.getTime();
}
