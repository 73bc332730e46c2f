import { router, staff } from "../api/trpc.ts";
import * as queries from "./queries.ts";

export const dashboardRouter = router({
  overview: staff("dashboard:read").query(({ ctx }) => queries.overview(ctx)),
});
