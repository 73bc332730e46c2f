import type { Visit } from "../core/visit.ts";

/** The two worlds of people. Their sessions, cookies and procedures never mix. */
export type World = "staff" | "member";

/** What a few procedures need of the HTTP exchange itself: who is asking, and the cookies of the answer. */
export type Door = Visit & {
  readonly locale: "zh-CN" | "en";
  /** Sets the session cookie of one world (`null` clears it). */
  setSession(world: World, token: string | null): void;
};
