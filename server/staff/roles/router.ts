import { router, staff } from "../../api/trpc.ts";
import { AssignRoles, OneStaff } from "../model.ts";
import * as roles from "./service.ts";

export const rolesRouter = router({
  assign: staff("staff:assign", { stepUp: true })
    .input(AssignRoles)
    .mutation(({ ctx, input }) => roles.assign(ctx, input)),
  suspend: staff("staff:assign", { stepUp: true })
    .input(OneStaff)
    .mutation(({ ctx, input }) => roles.suspend(ctx, input)),
  reinstate: staff("staff:assign", { stepUp: true })
    .input(OneStaff)
    .mutation(({ ctx, input }) => roles.reinstate(ctx, input)),
  resetFactors: staff("staff:assign", { stepUp: true })
    .input(OneStaff)
    .mutation(({ ctx, input }) => roles.resetFactors(ctx, input)),
});
