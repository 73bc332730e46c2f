import type { Caller } from "#server/api/root.ts";

/** One notice as the desk's page of it asks for it. */
export type NoticeDetail = Awaited<ReturnType<Caller["consents"]["notices"]["detail"]>>;
