import type { Caller } from "#server/api/root.ts";

export type Activity = Awaited<ReturnType<Caller["consents"]["activities"]["detail"]>>;
