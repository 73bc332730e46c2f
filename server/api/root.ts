import { auditRouter } from "../audit/router.ts";
import { benefitsRouter } from "../benefits/router.ts";
import { consentsRouter } from "../consents/router.ts";
import { dashboardRouter } from "../dashboard/router.ts";
import { membersRouter } from "../members/router.ts";
import { offersRouter } from "../offers/router.ts";
import { ordersRouter } from "../orders/router.ts";
import { pointsRouter } from "../points/router.ts";
import { apiKeysRouter } from "../staff/api-keys/router.ts";
import { staffRouter } from "../staff/router.ts";
import { tiersRouter } from "../tiers/router.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** Every procedure there is. */
export const appRouter = router({
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  benefits: benefitsRouter,
  consents: consentsRouter,
  dashboard: dashboardRouter,
  members: membersRouter,
  offers: offersRouter,
  orders: ordersRouter,
  points: pointsRouter,
  staff: staffRouter,
  tiers: tiersRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures in process: how server components and tests ask. */
export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;
