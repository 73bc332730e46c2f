import type { Visit } from "../core/visit.ts";

/** What a few procedures need of the HTTP exchange itself: who is asking, and the cookies of the answer. */
export type Door = Visit & {
  readonly locale: "zh-CN" | "en";
  /** True when this deployment is the demo (EVENHAND_DEMO=1): codes and demo accounts may be shown on screen. */
  readonly demo: boolean;
  /** Sets the session cookie of one world (`null` clears it). */
  setSession(world: "staff" | "member", token: string | null): void;
};
