import { and, asc, eq, isNotNull, lt, lte } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activities } from "#db/schema/activities.ts";
import { grants } from "#db/schema/consents.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { Id } from "../../core/id.ts";
import type { Job, JobContext } from "../../jobs/job.ts";
import { enqueue } from "../../jobs/outbox.ts";
import { basisOf, decisionsOf, endConsents, recordDisposals } from "../ending/service.ts";
import { eraseValues, keptIn, openField, overdue } from "../gateway/vault/service.ts";
import { BIRTH_MONTH, isOfAge } from "../guardianship/rules.ts";
import { endGuardianship } from "../guardianship/service.ts";
import { appendAll } from "../ledger/events/service.ts";
import type { PurposeCode } from "../model.ts";

/** Values, or consents, that one transaction ends: short enough that nobody waits for the writer. */
const BATCH = 100;
/** Birth months looked at in one go: reading holds nobody up. */
const LOOKED_AT = 2_000;

/** What one run of the sweep did. */
export type Swept = { readonly overdue: number; readonly holdsOver: number; readonly ofAge: number };

/** Asks for a sweep now, beside the daily one. */
export async function requestSweep(ctx: Context<StaffActor>): Promise<{ jobId: Id<"job"> }> {
  return ctx.db.transact(async (tx) => {
    const jobId = await enqueue(tx, ctx, { kind: "consents.sweep", payload: {}, dedupeKey: "now" });
    await audit.record(tx, ctx, {
      action: "retention.run",
      subject: { kind: "job", id: jobId },
      detail: { asked: true },
    });
    return { jobId };
  });
}

/**
 * Erases what has outlived its purpose: values whose time is over, values that waited for a consent that did not come,
 * and everything that a guardian decided for a child who has turned fourteen (PIPL Art. 19, 31, 47). What it did is
 * recorded; it can be stopped anywhere and goes on from there.
 */
export async function sweep(ctx: JobContext, job: Pick<Job, "hold" | "signal">): Promise<Swept> {
  const inBatches = async (next: (tx: Tx) => Promise<number>) => {
    let done = 0;
    for (let last = -1; last !== 0 && !job.signal.aborted; done += last) {
      last = await ctx.db.transact(async (tx) => {
        await job.hold(tx);
        return next(tx);
      });
    }
    return done;
  };
  const ofAge = await endOfAge(ctx, job);
  const swept = {
    overdue: await inBatches((tx) => eraseOverdue(tx, ctx)),
    holdsOver: await inBatches((tx) => endHolds(tx, ctx)),
    ofAge,
  };
  await ctx.db.transact((tx) =>
    audit.record(tx, ctx, { action: "retention.run", subject: { kind: "sweep", id: null }, detail: swept }),
  );
  return swept;
}

/** Every consent to a purpose under its changed notice waits for the member from now on; its values are unreadable. */
export async function supersede(ctx: JobContext, job: Pick<Job, "hold" | "signal">, purpose: PurposeCode) {
  for (let more = true; more && !job.signal.aborted; ) {
    more = await ctx.db.transact(async (tx) => {
      await job.hold(tx);
      const [activity] = await tx
        .select({ freshSince: activities.freshSince })
        .from(activities)
        .where(eq(activities.code, purpose));
      if (!activity?.freshSince) return false;
      const stale = await tx
        .select()
        .from(grants)
        .where(and(eq(grants.purpose, purpose), eq(grants.state, "granted"), lt(grants.since, activity.freshSince)))
        .orderBy(asc(grants.id))
        .limit(BATCH);
      const decisions = await decisionsOf(tx, stale);
      const superseded = { action: "supersede", reason: "noticeChanged", channel: null, locale: null } as const;
      await appendAll(
        tx,
        ctx,
        stale.map((grant) => ({ ...basisOf(grant, decisions), ...superseded })),
      );
      return stale.length > 0;
    });
  }
}

/** Ends every consent to a purpose whose activity was retired. */
export async function retire(ctx: JobContext, job: Pick<Job, "hold" | "signal">, purpose: PurposeCode): Promise<void> {
  for (let more = true; more && !job.signal.aborted; ) {
    more = await ctx.db.transact(async (tx) => {
      await job.hold(tx);
      const held = await tx
        .select()
        .from(grants)
        .where(and(eq(grants.purpose, purpose), eq(grants.holdsValues, true)))
        .limit(BATCH);
      await endConsents(tx, ctx, held, { action: "invalidate", reason: "activityRetired" });
      return held.length > 0;
    });
  }
}

/** A consent without a value left has nothing to rest on and expires; one with others goes on with those. */
async function eraseOverdue(tx: Tx, ctx: Context): Promise<number> {
  const due = await overdue(tx, ctx.now, BATCH);
  const held = await tx.bulkSelect(grants, "id", due);
  const kept = await keptIn(tx, due, ctx.now);
  const over = held.filter(({ id }) => !kept.has(id));
  await endConsents(tx, ctx, over, { action: "expire", reason: "retentionOver" });
  const lasting = held.filter(({ id }) => kept.has(id));
  const { erased, remaining } = await eraseValues(
    tx,
    lasting.map(({ id }) => id),
    ctx.now,
  );
  const disposed = lasting.map((grant) => ({ grant, erased: erased.get(grant.id) ?? [], eventId: grant.decisionId }));
  await recordDisposals(tx, ctx, disposed, { remaining, trigger: "retentionOver" });
  return due.length;
}

async function endHolds(tx: Tx, ctx: Context): Promise<number> {
  const over = await tx
    .select()
    .from(grants)
    .where(and(isNotNull(grants.holdUntil), lte(grants.holdUntil, ctx.now)))
    .limit(BATCH);
  await endConsents(tx, ctx, over, { action: "expire", reason: "holdOver" });
  return over.length;
}

/** Looks at every birth month and ends the guardianship of those who may be fourteen by today. */
async function endOfAge(ctx: JobContext, job: Pick<Job, "hold" | "signal">): Promise<number> {
  let ended = 0;
  for (let after: Id<"vaultValue"> | null = null; !job.signal.aborted; ) {
    const page = await openField(ctx.db, ctx, BIRTH_MONTH, after, LOOKED_AT);
    const grown = new Set(page.flatMap(({ childId, value }) => (childId && isOfAge(value, ctx.now) ? [childId] : [])));
    for (const childId of grown) {
      await ctx.db.transact(async (tx) => {
        await job.hold(tx);
        await endGuardianship(tx, ctx, childId, "childOfAge");
      });
    }
    ended += grown.size;
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  return ended;
}
