import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { offerReservations } from "#db/schema/offers.ts";
import { jobHandler } from "../jobs/job.ts";
import { enqueue } from "../jobs/outbox.ts";
import { freeExpired } from "./redemptions/service.ts";

/** Returns the units of reservations that ran out, and comes back when the next one will. */
export const jobs = {
  "offers.freeExpired": jobHandler(
    z.strictObject({}),
    async (ctx, _payload, job) => {
      await ctx.db.transact(async (tx) => {
        await job.hold(tx);
        await freeExpired(tx, ctx.now);
        const [next] = await tx
          .select({ expiresAt: offerReservations.expiresAt })
          .from(offerReservations)
          .where(eq(offerReservations.state, "held"))
          .orderBy(asc(offerReservations.expiresAt))
          .limit(1);
        if (next !== undefined) {
          await enqueue(tx, ctx, {
            kind: "offers.freeExpired",
            payload: {},
            runAfter: next.expiresAt,
            dedupeKey: "next",
          });
        }
        await job.finish(tx);
      });
    },
    { every: "day" },
  ),
};
