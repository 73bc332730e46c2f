import { anyone, router, staff } from "../../api/trpc.ts";
import { demoAccounts, demoCode } from "./service.ts";

/** What the demo shows on its sign-in page; empty in every other deployment. */
export const demoRouter = router({
  accounts: anyone().query(() => demoAccounts()),
  code: staff("account:self").query(({ ctx }) => demoCode(ctx)),
});
