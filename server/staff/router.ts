import { router, staff } from "../api/trpc.ts";
import { demoRouter } from "./demo/router.ts";
import { factorsRouter } from "./factors/router.ts";
import { invitationsRouter } from "./invitations/router.ts";
import { ChangePassword, OneStaffSession } from "./model.ts";
import { changePassword } from "./passwords/service.ts";
import * as queries from "./queries.ts";
import { rolesRouter } from "./roles/router.ts";
import * as people from "./service.ts";
import { signInRouter } from "./sign-in/router.ts";

export const staffRouter = router({
  signIn: signInRouter,
  factors: factorsRouter,
  invitations: invitationsRouter,
  roles: rolesRouter,
  demo: demoRouter,
  me: staff("account:self").query(({ ctx }) => queries.me(ctx)),
  account: staff("account:self").query(({ ctx }) => queries.account(ctx)),
  list: staff("staff:read").query(({ ctx }) => queries.list(ctx)),
  endSession: staff("account:self")
    .input(OneStaffSession)
    .mutation(({ ctx, input }) => people.endSession(ctx, input)),
  endOtherSessions: staff("account:self").mutation(({ ctx }) => people.endOtherSessions(ctx)),
  changePassword: staff("account:self", { stepUp: true })
    .input(ChangePassword)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
});
