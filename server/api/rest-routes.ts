import type { RestRoute } from "./rest-route.ts";

/** Every route of `/api/v1`. */
export const restRoutes: readonly RestRoute[] = [];
