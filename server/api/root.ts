import { auditRouter } from "../audit/router.ts";
import { apiKeysRouter } from "../staff/api-keys/router.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** Every procedure there is. */
export const appRouter = router({
  apiKeys: apiKeysRouter,
  audit: auditRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures in process: how server components and tests ask. */
export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;
