import { restRoutes as offerRoutes } from "../offers/rest.ts";
import { restRoutes as orderRoutes } from "../orders/rest.ts";
import { restRoutes as tierRoutes } from "../tiers/rest.ts";
import type { RestRoute } from "./rest-route.ts";

/** Every route of `/api/v1`: one line for each capability that has any. */
export const restRoutes: readonly RestRoute[] = [...offerRoutes, ...orderRoutes, ...tierRoutes];
