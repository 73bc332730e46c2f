import { and, asc, eq, gt } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { memberKeys } from "#db/schema/members.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import { failpoint } from "../../core/failpoint.ts";
import type { MemberId } from "../../core/id.ts";

/** Members whose keys one transaction wraps anew: short enough that nobody waits for the writer. */
const BATCH = 200;

/**
 * Brings every member's data key under the newest key-encryption key; gives how many it wrapped anew. What the keys
 * sealed stays as it is, and both forms open, so nobody who reads or writes meanwhile notices. Stopped anywhere, the
 * next run goes on with what is left.
 */
export async function rewrapMemberKeys(ctx: Context): Promise<{ readonly rewrapped: number }> {
  let rewrapped = 0;
  for (let after: MemberId | null = null; ; ) {
    const page = await keysAfter(ctx.db, after);
    const last = page.at(-1);
    if (last === undefined) break;
    rewrapped += await rewrapPage(ctx, page);
    failpoint("keys.batch-rewrapped");
    after = last.memberId;
  }
  await ctx.db.transact((tx) =>
    audit.record(tx, ctx, { action: "key.rewrap", subject: { kind: "keys", id: null }, detail: { keys: rewrapped } }),
  );
  return { rewrapped };
}

/** Leaves an entry that a key-encryption key was made, and which. */
export async function recordRotation(ctx: Context, keyId: number): Promise<void> {
  await ctx.db.transact((tx) =>
    audit.record(tx, ctx, { action: "key.rotate", subject: { kind: "keys", id: null }, detail: { keyId } }),
  );
}

type KeyRow = typeof memberKeys.$inferSelect;

function keysAfter(reader: Reader, after: MemberId | null): Promise<KeyRow[]> {
  return reader
    .select()
    .from(memberKeys)
    .where(after === null ? undefined : gt(memberKeys.memberId, after))
    .orderBy(asc(memberKeys.memberId))
    .limit(BATCH);
}

/** A key that was destroyed meanwhile stays destroyed: only the very form that was read is replaced. */
function rewrapPage(ctx: Context, page: readonly KeyRow[]): Promise<number> {
  const older = page.flatMap(({ memberId, wrapped }) => {
    const fresh = ctx.keys.rewrapDataKey(wrapped);
    return fresh === null ? [] : [{ memberId, wrapped, fresh }];
  });
  if (older.length === 0) return Promise.resolve(0);
  return ctx.db.transact(async (tx) => {
    let replaced = 0;
    for (const { memberId, wrapped, fresh } of older) {
      const done = await tx
        .update(memberKeys)
        .set({ wrapped: fresh })
        .where(and(eq(memberKeys.memberId, memberId), eq(memberKeys.wrapped, wrapped)))
        .returning({ memberId: memberKeys.memberId });
      replaced += done.length;
    }
    return replaced;
  });
}
