import { router, staff } from "../../api/trpc.ts";
import { FieldDefinition } from "./model.ts";
import * as queries from "./queries.ts";
import * as fields from "./service.ts";

export const fieldsRouter = router({
  list: staff("field:read").query(({ ctx }) => queries.list(ctx.db)),
  add: staff("field:add")
    .input(FieldDefinition)
    .mutation(({ ctx, input }) => fields.add(ctx, input)),
});
