import { router, staff } from "../../api/trpc.ts";
import { AskExport } from "./export/model.ts";
import * as exporting from "./export/service.ts";
import { FindByTail, OrderSearch } from "./model.ts";
import * as queries from "./queries.ts";
import * as service from "./service.ts";
import { OneView, RenameView, SaveView } from "./views/model.ts";
import * as viewQueries from "./views/queries.ts";
import * as views from "./views/service.ts";

/** Looking for orders: searches, saved views of them, and taking what was found out as a file. */
export const consoleRouter = router({
  search: staff("order:read")
    .input(OrderSearch)
    .query(({ ctx, input }) => queries.search(ctx, input)),
  /** A mutation, so that the digits stand in no address; it tells of a number what a look at it would. */
  findByTail: staff("order:dial")
    .input(FindByTail)
    .mutation(({ ctx, input }) => service.findByTail(ctx, input)),
  views: staff("order:read").query(({ ctx }) => viewQueries.list(ctx)),
  saveView: staff("order:read")
    .input(SaveView)
    .mutation(async ({ ctx, input }) => ({ viewId: await views.save(ctx, input) })),
  renameView: staff("order:read")
    .input(RenameView)
    .mutation(({ ctx, input }) => views.rename(ctx, input)),
  removeView: staff("order:read")
    .input(OneView)
    .mutation(({ ctx, input }) => views.remove(ctx, input)),
  /** Answers with the number of the export, which `GET /api/downloads/orders/{exportId}` gives once. */
  export: staff("order:export", { stepUp: true })
    .input(AskExport)
    .mutation(({ ctx, input }) => exporting.ask(ctx, input)),
});
