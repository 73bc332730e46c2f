import { eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { grants } from "#db/schema/consents.ts";
import { members } from "#db/schema/members.ts";
import * as audit from "../../../audit/service.ts";
import type { Context } from "../../../core/context.ts";
import type { MemberId } from "../../../core/id.ts";
import { Refusal } from "../../../core/refusal.ts";
import { recordDisposals } from "../../ending/service.ts";
import { eraseValues } from "../../gateway/vault/service.ts";
import type { GrantId } from "../../model.ts";
import { consentKey, type GrantRow } from "../rules.ts";
import { type Examined, everybody, examine, type LedgerProblem, removedEvents } from "../verification/queries.ts";

export type Rebuilding = {
  readonly ok: boolean;
  readonly members: number;
  /** Consents that were not what the events say, and are now. */
  readonly mended: readonly GrantId[];
  /** Why members were left as they are: their events were tampered with, and are no ground to build on. */
  readonly problems: readonly LedgerProblem[];
};

/**
 * Makes every consent what the ledger's events say, of the member with this card number or of all, one short transaction
 * a member (invariant 3). Values that no consent holds then are erased. A ledger that does not verify is left alone and
 * named. Refuses: MEMBER_NOT_FOUND.
 */
export async function rebuild(ctx: Context, cardNumber: string | null): Promise<Rebuilding> {
  const of = cardNumber === null ? everybody(ctx.db) : [await memberOf(ctx, cardNumber)];
  const mended: GrantId[] = [];
  const problems: LedgerProblem[] = [];
  let count = 0;
  for await (const memberId of of) {
    count += 1;
    if (isSound(await examine(ctx.db, memberId))) continue;
    const found = await ctx.db.transact((tx) => mend(tx, ctx, memberId));
    mended.push(...found.mended);
    problems.push(...found.problems);
  }
  return { ok: problems.length === 0, members: count, mended, problems };
}

function isSound({ tampered, differing, stray }: Examined): boolean {
  return tampered.length === 0 && differing.length === 0 && stray.length === 0;
}

async function mend(tx: Tx, ctx: Context, memberId: MemberId): Promise<Pick<Rebuilding, "mended" | "problems">> {
  const { events, tampered, differing, stray } = await examine(tx, memberId);
  const problems = [...tampered, ...(await removedEvents(tx, memberId))];
  if (problems.length > 0) return { mended: [], problems };
  const ended = differing.filter(({ holdsValues }) => !holdsValues);
  const { erased, remaining } = await eraseValues(tx, idsOf([...stray, ...ended]));
  await tx.delete(grants).where(inArray(grants.id, idsOf(stray)));
  for (const grant of differing) {
    await tx.insert(grants).values(grant).onConflictDoUpdate({ target: grants.id, set: grant });
  }
  for (const grant of ended) {
    const last = events.findLast((event) => consentKey(event) === consentKey(grant));
    if (last === undefined) continue;
    const gone = { grant, erased: erased.get(grant.id) ?? [], eventId: last.id };
    await recordDisposals(tx, ctx, [gone], { remaining, trigger: last.reason ?? last.action });
  }
  await audit.record(tx, ctx, {
    action: "consent.rebuild",
    subject: { kind: "member", id: memberId },
    memberId,
    detail: { mended: differing.length, removed: stray.length, erased: [...erased.values()].flat().length },
  });
  return { mended: idsOf([...differing, ...stray]), problems };
}

function idsOf(of: readonly GrantRow[]): GrantId[] {
  return of.map(({ id }) => id);
}

async function memberOf(ctx: Context, cardNumber: string): Promise<MemberId> {
  const [member] = await ctx.db.select({ id: members.id }).from(members).where(eq(members.number, cardNumber));
  if (member === undefined) throw new Refusal("MEMBER_NOT_FOUND", {}, "missing");
  return member.id;
}
