import { and, eq, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { joined } from "#db/join.ts";
import { idempotentAnswers } from "#db/schema/idempotency.ts";
import { failpoint } from "../core/failpoint.ts";
import { Refusal } from "../core/refusal.ts";
import { DAY_MS } from "../core/time.ts";
import type { ApiContext } from "./rest-route.ts";

/** How long an answer can be asked for again. */
const KEPT_MS = DAY_MS;
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Requests this process is working on, with the hash of each. */
const inFlight = new Map<string, string>();

export type Once = { readonly key: string; readonly requestHash: Buffer; readonly status: number };

/**
 * Does `work` once for an `Idempotency-Key` of this API key within 24 hours, in one transaction with its answer; asked
 * again, gives the first answer. A request that was refused left nothing behind and may be sent again under its key.
 * Refuses: IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_REUSED (another request under the key), IDEMPOTENCY_IN_FLIGHT.
 */
export async function answerOnce(
  ctx: ApiContext,
  { key, requestHash, status }: Once,
  work: (ctx: ApiContext) => Promise<unknown>,
): Promise<{ readonly answer: unknown; readonly replayed: boolean }> {
  if (!KEY.test(key)) throw new Refusal("IDEMPOTENCY_KEY_INVALID", {}, "invalid");
  const flight = `${ctx.actor.id} ${key}`;
  const flying = inFlight.get(flight);
  if (flying !== undefined) {
    if (flying !== requestHash.toString("hex")) throw reused();
    throw new Refusal("IDEMPOTENCY_IN_FLIGHT");
  }
  inFlight.set(flight, requestHash.toString("hex"));
  try {
    return await ctx.db.transact(async (tx) => {
      const known = await find(tx, ctx, key);
      if (known !== undefined) {
        if (!known.requestHash.equals(requestHash)) throw reused();
        return { answer: known.answer, replayed: true };
      }
      const answer = await work({ ...ctx, db: joined(ctx.db, tx) });
      await tx.insert(idempotentAnswers).values({
        actor: ctx.actor.id,
        key,
        requestHash,
        status,
        answer,
        expiresAt: new Date(ctx.now.getTime() + KEPT_MS),
      });
      failpoint("api.answer-written");
      return { answer, replayed: false };
    });
  } finally {
    inFlight.delete(flight);
  }
}

/** Forgets the answers whose day is over. */
export async function sweepAnswers(tx: Tx, now: Date): Promise<void> {
  await tx.delete(idempotentAnswers).where(lt(idempotentAnswers.expiresAt, now));
}

/** The answer kept under a key; one whose day is over makes room. */
async function find(tx: Tx, ctx: ApiContext, key: string) {
  const here = and(eq(idempotentAnswers.actor, ctx.actor.id), eq(idempotentAnswers.key, key));
  const [known] = await tx.select().from(idempotentAnswers).where(here);
  if (known === undefined || known.expiresAt > ctx.now) return known;
  await tx.delete(idempotentAnswers).where(here);
  return undefined;
}

function reused(): Refusal {
  return new Refusal("IDEMPOTENCY_KEY_REUSED", {}, "invalid");
}
