import { router, staff } from "../../api/trpc.ts";
import { activitiesInForce } from "../activities/queries.ts";
import { FieldDefinition } from "./model.ts";
import * as queries from "./queries.ts";
import * as fields from "./service.ts";

export const fieldsRouter = router({
  list: staff("field:read").query(({ ctx }) => queries.list(ctx.db)),
  catalogue: staff("field:read").query(async ({ ctx }) => queries.catalogue(ctx.db, await activitiesInForce(ctx.db))),
  add: staff("field:add")
    .input(FieldDefinition)
    .mutation(({ ctx, input }) => fields.add(ctx, input)),
});
