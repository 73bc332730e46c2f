import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "#server/api/root.ts";

/** Asks the person for a second factor; resolves to whether it was shown. */
type Ask = () => Promise<boolean>;
let ask: Ask | null = null;

/** Says who asks for a second factor on this page (the desk's dialog); `null` when it leaves. */
export function askForStepUp(by: Ask | null): void {
  ask = by;
}

/** A call that is refused for want of a fresh second factor waits for one and is then made again. */
export const stepUpLink: TRPCLink<AppRouter> =
  () =>
  ({ next, op }) =>
    observable((observer) => {
      let call = next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error(reason) {
          if (ask === null || !wantsStepUp(reason)) return observer.error(reason);
          void ask().then((shown) => {
            if (!shown) return observer.error(reason);
            call = next(op).subscribe(observer);
          });
        },
      });
      return () => call.unsubscribe();
    });

function wantsStepUp(reason: unknown): boolean {
  return reason instanceof TRPCClientError && reason.message === "STEP_UP_REQUIRED";
}
