import { and, eq, lt } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { limitCounters } from "#db/schema/core.ts";
import type { Context } from "./context.ts";
import { Refusal, type Verdict } from "./refusal.ts";

/** At most `count` uses in any span of `windowMs`. */
export type Limit = { readonly count: number; readonly windowMs: number };

export type Use = {
  /** What is limited: `staff.signIn`, `codes.phone`… */
  readonly bucket: string;
  /** Who is limited: a keyed hash, or an id of ours. */
  readonly key: Buffer | string;
  readonly limits: readonly Limit[];
  /** How long after the last use the next one waits, in milliseconds, when so many are remembered: a wait that grows. */
  readonly delayAfter?: (uses: number) => number;
};

/** A limit's answer. `first`: no use was refused since the last one admitted, so this refusal is worth recording. */
export type LimitVerdict =
  | Extract<Verdict, { ok: true }>
  | (Extract<Verdict, { ok: false }> & { readonly first: boolean });

/**
 * Counts one use against limits kept in the database, exactly: no window of any limit ever holds more than its count,
 * wherever it starts. Refuses with TOO_MANY_ATTEMPTS and `{ seconds }` until the next use would be admitted; a refused
 * use is not counted, so waiting always helps.
 */
export async function consume(tx: Tx, ctx: Pick<Context, "now">, use: Use): Promise<LimitVerdict> {
  const { bucket, key, limits } = use;
  const now = ctx.now.getTime();
  const row = { bucket, key: Buffer.from(key) };
  const here = and(eq(limitCounters.bucket, bucket), eq(limitCounters.key, row.key));
  const [counter] = await tx.select().from(limitCounters).where(here);
  const uses = counter?.uses ?? [];
  const waitMs = waitFor(uses, use, now);
  if (waitMs > 0) {
    const first = counter?.refusedAt === null;
    if (first) await tx.update(limitCounters).set({ refusedAt: ctx.now }).where(here);
    return { ok: false, code: "TOO_MANY_ATTEMPTS", condition: { seconds: Math.ceil(waitMs / 1000) }, first };
  }
  const kept = {
    uses: [...uses, now].slice(-Math.max(...limits.map(({ count }) => count))),
    refusedAt: null,
    expiresAt: new Date(now + Math.max(...limits.map(({ windowMs }) => windowMs))),
  };
  await tx
    .insert(limitCounters)
    .values({ ...row, ...kept })
    .onConflictDoUpdate({ target: [limitCounters.bucket, limitCounters.key], set: kept });
  return { ok: true };
}

/** Takes back a use of this instant: a success does not count against whoever succeeded. */
export async function release(tx: Tx, ctx: Pick<Context, "now">, { bucket, key }: Omit<Use, "limits">): Promise<void> {
  const here = and(eq(limitCounters.bucket, bucket), eq(limitCounters.key, Buffer.from(key)));
  const [counter] = await tx.select({ uses: limitCounters.uses }).from(limitCounters).where(here);
  const index = counter?.uses.lastIndexOf(ctx.now.getTime()) ?? -1;
  if (counter && index >= 0)
    await tx
      .update(limitCounters)
      .set({ uses: counter.uses.toSpliced(index, 1) })
      .where(here);
}

/** How many milliseconds from now one more use would be admitted; 0 when it would be now. */
export async function waitingTime(reader: Reader, ctx: Pick<Context, "now">, use: Use): Promise<number> {
  const [counter] = await reader
    .select({ uses: limitCounters.uses })
    .from(limitCounters)
    .where(and(eq(limitCounters.bucket, use.bucket), eq(limitCounters.key, Buffer.from(use.key))));
  return waitFor(counter?.uses ?? [], use, ctx.now.getTime());
}

/** Forgets counters whose windows have all passed. */
export async function sweepLimits(tx: Tx, ctx: Pick<Context, "now">): Promise<void> {
  await tx.delete(limitCounters).where(lt(limitCounters.expiresAt, ctx.now));
}

/** The refusal that a limit's "no" turns into. */
export function tooMany(verdict: Extract<LimitVerdict, { ok: false }>): Refusal {
  return new Refusal(verdict.code, verdict.condition, "throttled");
}

/**
 * How long until one more use keeps every window within its count and comes late enough after the last; 0 when it does
 * now. `uses` are oldest first.
 */
export function waitFor(
  uses: readonly number[],
  { limits, delayAfter }: Pick<Use, "limits" | "delayAfter">,
  now: number,
): number {
  const last = uses.at(-1);
  return Math.max(
    0,
    last === undefined || delayAfter === undefined ? 0 : last + delayAfter(uses.length) - now,
    ...limits.map(({ count, windowMs }) => {
      const use = uses.at(-count);
      return use === undefined ? 0 : use + windowMs - now;
    }),
  );
}
