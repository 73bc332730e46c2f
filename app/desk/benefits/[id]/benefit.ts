import type { Caller } from "#server/api/root.ts";

/** What `benefits.detail` answers. */
export type Benefit = Awaited<ReturnType<Caller["benefits"]["detail"]>>;
