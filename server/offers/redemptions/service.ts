import { and, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { decisions, offerBudgets, offerReservations, offerUses, offerVersions } from "#db/schema/offers.ts";
import type { AuditAction } from "../../audit/model.ts";
import * as audit from "../../audit/service.ts";
import type { Context } from "../../core/context.ts";
import type { MemberId, OfferId } from "../../core/id.ts";
import { type Fen, fen } from "../../core/money.ts";
import { demand, Refusal } from "../../core/refusal.ts";
import { enqueue } from "../../jobs/outbox.ts";
import * as codes from "../codes/service.ts";
import { type OfferVersionId, PUBLICATION_LEAD_MS, RESERVATION_MS, type StoredTerms } from "../model.ts";
import { bumpStamp } from "../publishing/service.ts";
import { publicFacts } from "../service.ts";
import type { Reserve, Settle } from "./model.ts";
import { mayReserve, periodOf } from "./rules.ts";

type Reservation = typeof offerReservations.$inferSelect;

/**
 * Holds one use of an offer that a quote applied, for fifteen minutes. Asked again for the same quote, it answers with
 * the reservation that is there. Refuses: DECISION_NOT_FOUND, DECISION_STALE, OFFER_NOT_APPLIED, TIER_CHANGED,
 * NOT_NEW_MEMBER, MEMBER_CAP_REACHED, BUDGET_EXHAUSTED, CODE_REQUIRED, CODE_UNKNOWN, CODE_USED.
 */
export async function reserve(
  ctx: Context,
  memberId: MemberId,
  { decisionId, offerId, code }: Reserve,
): Promise<Reservation> {
  const [decision] = await ctx.db.select().from(decisions).where(eq(decisions.id, decisionId));
  if (decision === undefined) throw new Refusal("DECISION_NOT_FOUND", {}, "missing");
  const applied = decision.result.applied.find(({ id }) => id === offerId);
  demand(mayReserve(decision.question, decision.result, offerId, await publicFacts(ctx, memberId), ctx.now));
  const discountFen = fen(applied?.discountFen ?? 0);
  return ctx.db.transact(async (tx) => {
    await freeExpired(tx, ctx.now, offerId);
    const [held] = await tx
      .select()
      .from(offerReservations)
      .where(
        and(
          eq(offerReservations.decisionId, decisionId),
          eq(offerReservations.offerId, offerId),
          eq(offerReservations.memberId, memberId),
          inArray(offerReservations.state, ["held", "redeemed"]),
        ),
      );
    if (held !== undefined) return held;
    const version = await versionOf(tx, offerId, applied?.version ?? 0);
    const period = await countUse(tx, ctx, memberId, offerId, version.terms);
    await drawBudget(tx, version.id, discountFen);
    if (version.terms.conditions.codeRequired && code === null) throw new Refusal("CODE_REQUIRED");
    const codeHash =
      version.terms.conditions.codeRequired && code !== null ? await codes.take(tx, offerId, code) : null;
    const row: Reservation = {
      id: ctx.newId<"reservation">(),
      decisionId,
      memberId,
      offerId,
      versionId: version.id,
      period,
      discountFen,
      codeHash,
      state: "held",
      createdAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + RESERVATION_MS),
      settledAt: null,
    };
    await tx.insert(offerReservations).values(row);
    await enqueue(tx, ctx, { kind: "offers.freeExpired", payload: {}, runAfter: row.expiresAt, dedupeKey: "next" });
    await recordAct(tx, ctx, "offer.reserve", row);
    return row;
  });
}

/** Turns a held unit into a use. Refuses: RESERVATION_NOT_FOUND, RESERVATION_OVER. */
export async function redeem(ctx: Context, { reservationId }: Settle): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const row = await settle(tx, ctx, reservationId, "redeemed");
    const [budget] = await tx
      .update(offerBudgets)
      .set({
        redeemedCount: sql`${offerBudgets.redeemedCount} + 1`,
        redeemedFen: sql`${offerBudgets.redeemedFen} + ${row.discountFen}`,
      })
      .where(eq(offerBudgets.versionId, row.versionId))
      .returning();
    if (budget !== undefined && isSpent(budget)) {
      const exhaustedAt = new Date(ctx.now.getTime() + PUBLICATION_LEAD_MS);
      await tx.update(offerBudgets).set({ exhaustedAt }).where(eq(offerBudgets.versionId, row.versionId));
      await bumpStamp(tx);
    }
    await recordAct(tx, ctx, "offer.redeem", row);
  });
}

/** Gives a held unit back. Refuses: RESERVATION_NOT_FOUND, RESERVATION_OVER. */
export async function release(ctx: Context, { reservationId }: Settle): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const row = await settle(tx, ctx, reservationId, "released");
    await giveBack(tx, [row]);
    await recordAct(tx, ctx, "offer.release", row);
  });
}

/** Gives back the units of reservations whose time is over, of one offer or of all; at most 500 at a time. */
export async function freeExpired(tx: Tx, now: Date, offerId?: OfferId): Promise<number> {
  const over = await tx
    .select({ id: offerReservations.id })
    .from(offerReservations)
    .where(
      and(
        eq(offerReservations.state, "held"),
        lte(offerReservations.expiresAt, now),
        offerId === undefined ? undefined : eq(offerReservations.offerId, offerId),
      ),
    )
    .limit(500);
  if (over.length === 0) return 0;
  const freed = await tx
    .update(offerReservations)
    .set({ state: "expired", settledAt: now })
    .where(
      and(
        inArray(
          offerReservations.id,
          over.map(({ id }) => id),
        ),
        eq(offerReservations.state, "held"),
      ),
    )
    .returning();
  await giveBack(tx, freed);
  return freed.length;
}

/** Counts one use of the member in this period, if the cap leaves one; returns the period's name. */
async function countUse(
  tx: Tx,
  ctx: Context,
  memberId: MemberId,
  offerId: OfferId,
  { conditions }: StoredTerms,
): Promise<string> {
  const cap = conditions.capPerMember;
  const period = periodOf(cap?.period ?? "campaign", ctx.now);
  const counted = await tx
    .insert(offerUses)
    .values({ memberId, offerId, period, used: 1 })
    .onConflictDoUpdate({
      target: [offerUses.memberId, offerUses.offerId, offerUses.period],
      set: { used: sql`${offerUses.used} + 1` },
      setWhere: cap === null ? undefined : sql`${offerUses.used} < ${cap.count}`,
    })
    .returning({ used: offerUses.used });
  if (counted.length === 0)
    throw new Refusal("MEMBER_CAP_REACHED", { count: cap?.count ?? 0, period: cap?.period ?? "" });
  return period;
}

/** Takes one use and its money from the budget of a version that has one. Refuses: BUDGET_EXHAUSTED. */
async function drawBudget(tx: Tx, versionId: OfferVersionId, discountFen: Fen): Promise<void> {
  const ofVersion = eq(offerBudgets.versionId, versionId);
  const drawn = await tx
    .update(offerBudgets)
    .set({ usedCount: sql`${offerBudgets.usedCount} + 1`, usedFen: sql`${offerBudgets.usedFen} + ${discountFen}` })
    .where(
      and(
        ofVersion,
        or(isNull(offerBudgets.limitCount), sql`${offerBudgets.usedCount} < ${offerBudgets.limitCount}`),
        or(isNull(offerBudgets.limitFen), sql`${offerBudgets.usedFen} + ${discountFen} <= ${offerBudgets.limitFen}`),
      ),
    )
    .returning({ versionId: offerBudgets.versionId });
  if (drawn.length > 0) return;
  const budgets = await tx.select({ versionId: offerBudgets.versionId }).from(offerBudgets).where(ofVersion);
  if (budgets.length > 0) throw new Refusal("BUDGET_EXHAUSTED");
}

async function giveBack(tx: Tx, rows: readonly Reservation[]): Promise<void> {
  for (const { memberId, offerId, period, versionId, discountFen } of rows) {
    await tx
      .update(offerUses)
      .set({ used: sql`${offerUses.used} - 1` })
      .where(and(eq(offerUses.memberId, memberId), eq(offerUses.offerId, offerId), eq(offerUses.period, period)));
    await tx
      .update(offerBudgets)
      .set({ usedCount: sql`${offerBudgets.usedCount} - 1`, usedFen: sql`${offerBudgets.usedFen} - ${discountFen}` })
      .where(eq(offerBudgets.versionId, versionId));
  }
  await codes.giveBack(
    tx,
    rows.flatMap(({ codeHash }) => (codeHash === null ? [] : [codeHash])),
  );
}

async function settle(
  tx: Tx,
  ctx: Context,
  id: Settle["reservationId"],
  state: "redeemed" | "released",
): Promise<Reservation> {
  const [row] = await tx
    .update(offerReservations)
    .set({ state, settledAt: ctx.now })
    .where(
      and(eq(offerReservations.id, id), eq(offerReservations.state, "held"), gt(offerReservations.expiresAt, ctx.now)),
    )
    .returning();
  if (row !== undefined) return row;
  const [known] = await tx
    .select({ state: offerReservations.state })
    .from(offerReservations)
    .where(eq(offerReservations.id, id));
  if (known === undefined) throw new Refusal("RESERVATION_NOT_FOUND", {}, "missing");
  throw new Refusal("RESERVATION_OVER", { state: known.state === "held" ? "expired" : known.state });
}

async function versionOf(tx: Tx, offerId: OfferId, number: number) {
  const [version] = await tx
    .select({ id: offerVersions.id, terms: offerVersions.terms })
    .from(offerVersions)
    .where(and(eq(offerVersions.offerId, offerId), eq(offerVersions.version, number)));
  if (version === undefined) throw new Refusal("OFFER_NOT_FOUND", {}, "missing");
  return version;
}

function isSpent({
  limitCount,
  limitFen,
  redeemedCount,
  redeemedFen,
  exhaustedAt,
}: typeof offerBudgets.$inferSelect): boolean {
  const spent = (limitCount !== null && redeemedCount >= limitCount) || (limitFen !== null && redeemedFen >= limitFen);
  return spent && exhaustedAt === null;
}

async function recordAct(
  tx: Tx,
  ctx: Context,
  action: AuditAction,
  { id, memberId, offerId }: Reservation,
): Promise<void> {
  await audit.record(tx, ctx, { action, subject: { kind: "reservation", id }, memberId, detail: { offerId } });
}
