import { router, staff } from "../../api/trpc.ts";
import { CreateApiKey, RevokeApiKey } from "./model.ts";
import * as queries from "./queries.ts";
import * as apiKeys from "./service.ts";

export const apiKeysRouter = router({
  list: staff("apiKey:read").query(({ ctx }) => queries.list(ctx.db)),
  create: staff("apiKey:create", { stepUp: true })
    .input(CreateApiKey)
    .mutation(({ ctx, input }) => apiKeys.create(ctx, input)),
  revoke: staff("apiKey:create")
    .input(RevokeApiKey)
    .mutation(({ ctx, input }) => apiKeys.revoke(ctx, input)),
});
