import { hash, verify } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { staff } from "#db/schema/staff.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { consume, type Limit, release, tooMany } from "../../core/limits.ts";
import { Refusal } from "../../core/refusal.ts";
import { emailOf, endSessionsOf } from "../service.ts";
import { mayUsePassword } from "./rules.ts";

/** Argon2id as OWASP asks for at least: 19 MiB, two passes, one lane. About 50 ms of one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Hashes at a time: more would take memory and cores from everything else. */
const SLOTS = 2;
const TRIES: readonly Limit[] = [{ count: 5, windowMs: 15 * 60_000 }];

let free = SLOTS;
const waiting: (() => void)[] = [];
/** A hash that no password fits, made once: checking against it takes as long as against a real one. */
let nobody: Promise<string> | undefined;

/** The PHC string to store for a password. Bound the length first. */
export function hashPassword(password: string): Promise<string> {
  return inSlot(() => hash(password.normalize("NFKC"), COST));
}

/** Whether the password fits; with no hash at all the answer is no, after the same work. */
export async function fitsPassword(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomUUID());
  const decoy = await nobody;
  const fits = await inSlot(() => verify(stored ?? decoy, password.normalize("NFKC")));
  return fits && stored !== undefined;
}

/**
 * Changes one's own password and ends every other session. Refuses: PASSWORD_WRONG, PASSWORD_SHORT, PASSWORD_COMMON,
 * TOO_MANY_ATTEMPTS.
 */
export async function changePassword(
  ctx: Context<StaffActor>,
  { current, next }: { current: string; next: string },
): Promise<void> {
  const me = ctx.actor.id;
  const use = { bucket: "staff.password", key: me, limits: TRIES };
  const admitted = await ctx.db.transact((tx) => consume(tx, ctx, use));
  if (!admitted.ok) throw tooMany(admitted);
  const [account] = await ctx.db.select().from(staff).where(eq(staff.id, me));
  const fits = await fitsPassword(account?.passwordHash, current);
  if (account === undefined || !fits) {
    await ctx.db.transact((tx) =>
      audit.record(tx, ctx, { action: "staff.changePassword", subject: { kind: "staff", id: me }, outcome: "refused" }),
    );
    throw new Refusal("PASSWORD_WRONG", {}, "invalid");
  }
  const verdict = mayUsePassword(next, emailOf(ctx, account));
  if (!verdict.ok) throw new Refusal(verdict.code, verdict.condition, "invalid");
  const passwordHash = await hashPassword(next);
  await ctx.db.transact(async (tx) => {
    await release(tx, ctx, use);
    await tx.update(staff).set({ passwordHash }).where(eq(staff.id, me));
    const ended = await endSessionsOf(tx, ctx, me, ctx.actor.sessionId);
    await audit.record(tx, ctx, {
      action: "staff.changePassword",
      subject: { kind: "staff", id: me },
      detail: { sessionsEnded: ended },
    });
  });
}

async function inSlot<T>(work: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}
