/** What a few procedures need of the HTTP exchange itself: who is asking, and the cookies of the answer. */
export type Door = {
  /** The client's address as limits count it: IPv4 whole, IPv6 by its /64. */
  readonly addressGroup: string;
  /** A random id kept in a cookie of this browser, to which one-time codes are bound. */
  readonly browserId: string;
  readonly locale: "zh-CN" | "en";
  /** Sets the session cookie of one world (`null` clears it). */
  setSession(world: "staff" | "member", token: string | null): void;
};
