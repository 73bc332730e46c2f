import type { Caller } from "#server/api/root.ts";

/** What `offers.detail` answers. */
export type Offer = Awaited<ReturnType<Caller["offers"]["detail"]>>;
