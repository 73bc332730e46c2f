import { randomInt } from "node:crypto";
import { and, eq, isNull, max, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { grants } from "#db/schema/consents.ts";
import { children, guardianCases, guardianRelations } from "#db/schema/guardianship.ts";
import * as audit from "../../audit/service.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { consume, type LimitVerdict, tooMany } from "../../core/limits.ts";
import { Refusal } from "../../core/refusal.ts";
import { DAY_MS } from "../../core/time.ts";
import { endConsents } from "../ending/service.ts";
import type { ConsentReason } from "../ledger/model.ts";
import type { ChildId, GuardianRelationId } from "../model.ts";
import {
  type AddChild,
  type DecideCase,
  type DisputeGuardianship,
  type DisputeReason,
  MAX_CHILDREN,
  type OpenCase,
} from "./model.ts";
import { guardianOf } from "./queries.ts";
import { childCode } from "./rules.ts";

/** Codes that a member may try, right or wrong: another guardian has one or two children to name. */
const DISPUTES = [{ count: 5, windowMs: DAY_MS }] as const;

/**
 * Adds a child of whom the member declares to be a guardian. Nothing about the child is asked for. Refuses: CHILD_LIMIT.
 */
export async function addChild(ctx: Context<MemberActor>, { relation }: AddChild): Promise<{ childId: ChildId }> {
  const memberId = ctx.actor.id;
  return ctx.db.transact(async (tx) => {
    const here = await tx.$count(children, and(eq(children.memberId, memberId), isNull(children.removedAt)));
    if (here >= MAX_CHILDREN) throw new Refusal("CHILD_LIMIT", { count: MAX_CHILDREN });
    const [numbered] = await tx
      .select({ highest: max(children.ordinal) })
      .from(children)
      .where(eq(children.memberId, memberId));
    const childId = ctx.newId<"child">();
    const ordinal = (numbered?.highest ?? 0) + 1;
    await tx.insert(children).values({ id: childId, memberId, ordinal, code: childCode(randomInt), addedAt: ctx.now });
    await tx.insert(guardianRelations).values({
      id: ctx.newId<"guardianRelation">(),
      childId,
      memberId,
      relation,
      method: "selfDeclared",
      state: "active",
      declaredAt: ctx.now,
    });
    await audit.record(tx, ctx, { action: "child.add", subject: { kind: "child", id: childId } });
    return { childId };
  });
}

/** Removes a child with everything that was given for it. Refuses: CHILD_NOT_FOUND. */
export async function removeChild(ctx: Context<MemberActor>, { childId }: { childId: ChildId }): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [removed] = await tx
      .update(children)
      .set({ removedAt: ctx.now })
      .where(and(eq(children.id, childId), eq(children.memberId, ctx.actor.id), isNull(children.removedAt)))
      .returning({ id: children.id });
    if (removed === undefined) throw new Refusal("CHILD_NOT_FOUND", {}, "missing");
    await endGuardianship(tx, ctx, childId, "childRemoved");
    await audit.record(tx, ctx, { action: "child.remove", subject: { kind: "child", id: childId } });
  });
}

/**
 * Another guardian disputes whoever added the child, naming it by its code. From then on nothing about the child is read
 * until the privacy officer has decided. A wrong code and a right one get the same answer. Refuses: TOO_MANY_ATTEMPTS,
 * GUARDIANSHIP_OWN.
 */
export async function dispute(ctx: Context<MemberActor>, { code, reason }: DisputeGuardianship): Promise<void> {
  const verdict = await ctx.db.transact(async (tx): Promise<LimitVerdict> => {
    const use = { bucket: "guardianship.dispute", key: ctx.actor.id, limits: DISPUTES };
    const allowed = await consume(tx, ctx, use);
    if (!allowed.ok) return allowed;
    const [child] = await tx
      .select({ id: children.id })
      .from(children)
      .where(and(eq(children.code, code), isNull(children.removedAt)));
    const relation = child === undefined ? null : await guardianOf(tx, child.id);
    if (relation?.memberId === ctx.actor.id) throw new Refusal("GUARDIANSHIP_OWN");
    if (relation !== null) await open(tx, ctx, relation.id, reason, { memberId: ctx.actor.id });
    return allowed;
  });
  if (!verdict.ok) throw tooMany(verdict);
}

/** Staff open a case for a guardian who wrote or called. Refuses: CASE_NOT_FOUND for a guardianship that is over. */
export async function openCase(ctx: Context<StaffActor>, { relationId, reason }: OpenCase): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [relation] = await tx
      .select({ id: guardianRelations.id })
      .from(guardianRelations)
      .where(and(eq(guardianRelations.id, relationId), ne(guardianRelations.state, "ended")));
    if (relation === undefined) throw new Refusal("CASE_NOT_FOUND", {}, "missing");
    await open(tx, ctx, relation.id, reason, { openedBy: ctx.actor.id });
  });
}

/**
 * Decides a disputed guardianship: it stands again, or it is over with every consent under it. Refuses: CASE_NOT_FOUND,
 * CASE_DECIDED.
 */
export async function decideCase(ctx: Context<StaffActor>, { caseId, uphold, note }: DecideCase): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [decided] = await tx
      .update(guardianCases)
      .set({ state: uphold ? "upheld" : "ended", note, decidedBy: ctx.actor.id, decidedAt: ctx.now })
      .where(and(eq(guardianCases.id, caseId), eq(guardianCases.state, "open")))
      .returning({ relationId: guardianCases.relationId });
    if (decided === undefined) {
      const known = await tx.$count(guardianCases, eq(guardianCases.id, caseId));
      throw known > 0 ? new Refusal("CASE_DECIDED") : new Refusal("CASE_NOT_FOUND", {}, "missing");
    }
    const [relation] = await tx
      .update(guardianRelations)
      .set({ state: "active" })
      .where(and(eq(guardianRelations.id, decided.relationId), eq(guardianRelations.state, "disputed")))
      .returning({ childId: guardianRelations.childId, memberId: guardianRelations.memberId });
    if (!uphold && relation !== undefined) await endGuardianship(tx, ctx, relation.childId, "guardianshipEnded");
    await audit.record(tx, ctx, {
      action: "guardianship.decide",
      subject: { kind: "guardianCase", id: caseId },
      memberId: relation?.memberId ?? null,
      detail: { uphold },
    });
  });
}

/** Ends the guardianship of a child and every consent that rests on it. */
export async function endGuardianship(
  tx: Tx,
  ctx: Context,
  childId: ChildId,
  reason: Extract<ConsentReason, "childRemoved" | "guardianshipEnded" | "childOfAge">,
): Promise<void> {
  const held = await tx
    .select()
    .from(grants)
    .where(and(eq(grants.childId, childId), eq(grants.holdsValues, true)));
  const action = reason === "childOfAge" ? "expire" : "invalidate";
  await endConsents(tx, ctx, held, { action, reason });
  await tx
    .update(guardianRelations)
    .set({ state: "ended", endedAt: ctx.now })
    .where(and(eq(guardianRelations.childId, childId), ne(guardianRelations.state, "ended")));
}

async function open(
  tx: Tx,
  ctx: Context,
  relationId: GuardianRelationId,
  reason: DisputeReason,
  by: Pick<typeof guardianCases.$inferInsert, "memberId" | "openedBy">,
): Promise<void> {
  const id = ctx.newId<"guardianCase">();
  const opened = await tx
    .insert(guardianCases)
    .values({ id, relationId, reason, ...by, openedAt: ctx.now, state: "open" })
    .onConflictDoNothing()
    .returning({ id: guardianCases.id });
  if (opened.length === 0) return;
  const [relation] = await tx
    .update(guardianRelations)
    .set({ state: "disputed" })
    .where(and(eq(guardianRelations.id, relationId), eq(guardianRelations.state, "active")))
    .returning({ memberId: guardianRelations.memberId });
  await audit.record(tx, ctx, {
    action: "guardianship.dispute",
    subject: { kind: "guardianCase", id },
    memberId: relation?.memberId ?? null,
    detail: { reason },
  });
}
