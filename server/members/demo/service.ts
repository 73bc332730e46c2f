import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import type { MemberId } from "../../core/id.ts";
import { keepPhone } from "../phones/service.ts";
import { create } from "../service.ts";

/** The phone of the demo's n-th member (from 0): a made-up number in E.164, so that anybody can sign in as them. */
export function demoPhone(n: number): string {
  return `+861380000${String(n).padStart(4, "0")}`;
}

/**
 * Adds `count` made-up members in order; the first ten thousand have a phone (`demoPhone`), so that one can sign in as
 * them through the development outbox. Only ever called for the demo brand.
 */
export async function seedDemoMembers(
  system: Context,
  count: number,
  joinedAt: (n: number) => Date = () => system.now,
): Promise<MemberId[]> {
  const ids: MemberId[] = [];
  for (let n = 0; n < count; n += 1) {
    const ctx = { ...system, now: joinedAt(n) };
    ids.push(
      await ctx.db.transact(async (tx) => {
        const { id } = await create(tx, ctx);
        if (n < 10_000) {
          // Verified now: a phone that rested for half a year would need the card number too.
          await keepPhone(tx, system, id, demoPhone(n));
          await audit.record(tx, system, { action: "member.addPhone", subject: { kind: "member", id }, memberId: id });
        }
        return id;
      }),
    );
  }
  return ids;
}
