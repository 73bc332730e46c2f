import { router, staff } from "../../api/trpc.ts";
import { LookAtUpload, OneMapping, RenameMapping, SaveMapping } from "./model.ts";
import * as queries from "./queries.ts";
import * as service from "./service.ts";

/** Files of any other layout: looking at one, and the saved mappings by which they are read. */
export const mappingRouter = router({
  /** A mutation only so that the upload's id stands in no address. */
  look: staff("order:import")
    .input(LookAtUpload)
    .mutation(({ ctx, input }) => queries.glance(ctx, input)),
  list: staff("order:import").query(({ ctx }) => queries.list(ctx.db)),
  save: staff("order:import")
    .input(SaveMapping)
    .mutation(async ({ ctx, input }) => ({ mappingId: await service.save(ctx, input) })),
  rename: staff("order:import")
    .input(RenameMapping)
    .mutation(({ ctx, input }) => service.rename(ctx, input)),
  remove: staff("order:import")
    .input(OneMapping)
    .mutation(({ ctx, input }) => service.remove(ctx, input)),
});
