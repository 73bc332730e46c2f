import { router } from "../api/trpc.ts";
import { activitiesRouter } from "./activities/router.ts";
import { fieldsRouter } from "./fields/router.ts";
import { gatewayRouter } from "./gateway/router.ts";
import { guardianshipRouter } from "./guardianship/router.ts";
import { ledgerRouter } from "./ledger/router.ts";
import { noticesRouter } from "./notices/router.ts";
import { receiptsRouter } from "./receipts/router.ts";
import { retentionRouter } from "./retention/router.ts";

/** What may be known about whom, for what, by whose leave. */
export const consentsRouter = router({
  activities: activitiesRouter,
  fields: fieldsRouter,
  gateway: gatewayRouter,
  guardianship: guardianshipRouter,
  ledger: ledgerRouter,
  notices: noticesRouter,
  receipts: receiptsRouter,
  retention: retentionRouter,
});
