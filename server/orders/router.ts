import { setTimeout as pause } from "node:timers/promises";
import { tracked } from "@trpc/server";
import { z } from "zod";
import { member, router, staff } from "../api/trpc.ts";
import { idSchema } from "../core/id.ts";
import * as disputeQueries from "./claims/disputes/queries.ts";
import * as disputes from "./claims/disputes/service.ts";
import { Claim, DecideClaim, LetGoOfOrder, OneClaim, UnclaimOrder } from "./claims/model.ts";
import * as claimQueries from "./claims/queries.ts";
import * as claims from "./claims/service.ts";
import { consoleRouter } from "./console/router.ts";
import * as declaring from "./importing/declaring.ts";
import * as discarding from "./importing/discarding.ts";
import {
  DeclareProvenance,
  ListBatches,
  ListFindings,
  movingStates,
  OneBatch,
  StartImport,
} from "./importing/model.ts";
import * as importQueries from "./importing/queries.ts";
import * as resuming from "./importing/resuming.ts";
import * as importing from "./importing/service.ts";
import { mappingRouter } from "./mapping/router.ts";
import { DialOrder, FindOrder, OneOrder, OrderCursor, OwnNumbers } from "./model.ts";
import * as queries from "./queries.ts";
import * as service from "./service.ts";
import * as undoQueries from "./undoing/queries.ts";
import * as undoing from "./undoing/service.ts";

/** How often a watched import is looked at: two or three times a second reads as motion. */
const LOOK_MS = 400;
/** Every claim takes at least so long, whatever was found on the way: its time tells no more than its answer. */
const CLAIM_ANSWER_MS = 400;

/** Imports, the order console, claims. */
export const ordersRouter = router({
  console: consoleRouter,
  mappings: mappingRouter,
  start: staff("order:import")
    .input(StartImport)
    .mutation(async ({ ctx, input }) => ({ batchId: (await importing.start(ctx, input)).id })),
  confirm: staff("order:import")
    .input(OneBatch)
    .mutation(async ({ ctx, input }) => ({ batchId: (await importing.confirm(ctx, input)).id })),
  declare: staff("order:import")
    .input(DeclareProvenance)
    .mutation(({ ctx, input }) => declaring.declare(ctx, input)),
  cancel: staff("order:import")
    .input(OneBatch)
    .mutation(({ ctx, input }) => importing.cancel(ctx, input)),
  resume: staff("order:import")
    .input(OneBatch)
    .mutation(({ ctx, input }) => resuming.resume(ctx, input)),
  discard: staff("order:import")
    .input(OneBatch)
    .mutation(({ ctx, input }) => discarding.discard(ctx, input)),
  /** What an undo would do; null where there is none to be had. */
  undoPlan: staff("order:import")
    .input(OneBatch)
    .query(({ ctx, input }) => undoQueries.undoPlan(ctx.db, input.batchId, ctx.now)),
  undo: staff("order:import", { stepUp: true })
    .input(OneBatch)
    .mutation(({ ctx, input }) => undoing.undo(ctx, input)),
  batches: staff("order:read")
    .input(ListBatches)
    .query(({ ctx, input }) => importQueries.batches(ctx.db, input, ctx.now)),
  batch: staff("order:read")
    .input(OneBatch)
    .query(({ ctx, input }) => importQueries.batch(ctx.db, input.batchId, ctx.now)),
  report: staff("order:read")
    .input(OneBatch)
    .query(({ ctx, input }) => importQueries.report(ctx.db, input.batchId)),
  findings: staff("order:read")
    .input(ListFindings)
    .query(({ ctx, input }) => importQueries.findings(ctx.db, input)),
  /** The batch each time it has moved, until it is over. */
  progress: staff("order:read")
    .input(OneBatch.extend({ lastEventId: z.string().max(80).nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      let told = input.lastEventId ?? "";
      while (!signal?.aborted) {
        const batch = await importQueries.batch(ctx.db, input.batchId, ctx.now);
        const mark = `${batch.state}-${batch.progress.done}-${batch.progress.total ?? ""}`;
        if (mark !== told) yield tracked(mark, batch);
        told = mark;
        if (movingStates.every((state) => state !== batch.state)) return;
        await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
      }
    }),
  find: staff("order:read")
    .input(FindOrder)
    .mutation(({ ctx, input }) => queries.find(ctx, input)),
  order: staff("order:read")
    .input(OneOrder)
    .query(({ ctx, input }) => queries.order(ctx, input.orderId)),
  dial: staff("order:dial")
    .input(DialOrder)
    .mutation(({ ctx, input }) => service.dial(ctx, input)),
  disputes: staff("claim:decide")
    .input(z.strictObject({ before: idSchema<"claim">().optional(), size: z.int().min(1).max(100).default(20) }))
    .query(({ ctx, input }) => disputeQueries.disputes(ctx.db, input.before, input.size)),
  dispute: staff("claim:decide")
    .input(OneClaim)
    .query(({ ctx, input }) => disputeQueries.dispute(ctx.db, input.claimId)),
  decide: staff("claim:decide")
    .input(DecideClaim)
    .mutation(({ ctx, input }) => disputes.decide(ctx, input)),
  unclaim: staff("claim:decide")
    .input(UnclaimOrder)
    .mutation(({ ctx, input }) => claims.unclaim(ctx, input)),
  claim: member()
    .input(Claim)
    .mutation(async ({ ctx, input }) => {
      const floor = pause(CLAIM_ANSWER_MS);
      try {
        return await claims.submit(ctx, input, ctx.door.addressGroup);
      } finally {
        await floor;
      }
    }),
  letGo: member()
    .input(LetGoOfOrder)
    .mutation(({ ctx, input }) => claims.letGo(ctx, input)),
  ownClaims: member().query(({ ctx }) => claimQueries.ownClaims(ctx.db, ctx.actor.id)),
  ownNumbers: member()
    .input(OwnNumbers)
    .query(({ ctx, input }) => claimQueries.ownNumbers(ctx.db, ctx.actor.id, input.orderIds)),
  ownOrders: member()
    .input(z.strictObject({ after: OrderCursor.optional(), size: z.int().min(1).max(50).default(10) }))
    .query(({ ctx, input }) => claimQueries.ownOrders(ctx, ctx.actor.id, input.after, input.size)),
});
