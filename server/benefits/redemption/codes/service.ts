import { randomInt } from "node:crypto";
import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { redemptionCodes } from "#db/schema/benefits.ts";
import * as audit from "../../../audit/service.ts";
import type { ChildId } from "../../../consents/model.ts";
import type { Context, MemberActor, StaffActor } from "../../../core/context.ts";
import type { MemberId } from "../../../core/id.ts";
import { consume, tooMany } from "../../../core/limits.ts";
import { Refusal } from "../../../core/refusal.ts";
import { addDays, businessDay } from "../../../core/time.ts";
import { bookingWithSlot } from "../../booking/queries.ts";
import { childFor, demandOpen } from "../../locks/queries.ts";
import {
  type BenefitId,
  type BookingId,
  CODE_MS,
  type RedemptionCodeId,
  type RevokeCodes,
  type ShowCode,
} from "../../model.ts";
import { type Benefit, publishedOne } from "../../publishing/queries.ts";
import { MAX_OPEN_CODES, SHOWN } from "./rules.ts";
import { signedText } from "./signed.ts";

/** A code as its member is shown it, and nobody again. */
export type ShownCode = {
  readonly codeId: RedemptionCodeId;
  readonly digits: string;
  /** The text of the QR. */
  readonly signed: string;
  readonly expiresAt: Date;
};

/**
 * Shows a member a code for one use, good for minutes. Older ones of the benefit stay good until they are too many, or
 * stop at once when the member says that somebody else may have seen them. Refuses: BENEFIT_NOT_FOUND,
 * BENEFIT_NOT_BOOKED, BOOKING_NOT_FOUND, BOOKING_OVER, BOOKING_NOT_TODAY, CHILD_NOT_FOUND, BENEFIT_LOCKED,
 * TOO_MANY_ATTEMPTS.
 */
export async function show(ctx: Context<MemberActor>, asked: ShowCode): Promise<ShownCode> {
  return ctx.db.transact(async (tx) => {
    const memberId = ctx.actor.id;
    const verdict = await consume(tx, ctx, { bucket: "redemption.show", key: memberId, limits: SHOWN });
    if (!verdict.ok) throw tooMany(verdict);
    const benefit = await publishedOne(tx, asked.benefitId);
    const { bookingId, childId, held } = await useFor(tx, ctx, benefit, asked);
    await demandOpen(tx, benefit, { memberId, childId, at: ctx.now, now: ctx.now, held });
    if (asked.reissue) await revokeAll(tx, ctx, memberId, benefit.id);
    else await revokeOldest(tx, memberId, benefit.id);
    const expiresAt = new Date(ctx.now.getTime() + CODE_MS);
    const row = { memberId, benefitId: benefit.id, childId, bookingId, createdAt: ctx.now, expiresAt };
    const { codeId, digits } = await mint(tx, ctx, row);
    return { codeId, digits, signed: signedText(ctx.keys, { codeId, expiresAt }), expiresAt };
  });
}

/** Makes every open code of a member and benefit useless. Gives how many there were. */
export async function revoke(ctx: Context<StaffActor>, { memberId, benefitId }: RevokeCodes) {
  return ctx.db.transact(async (tx) => ({ revoked: await revokeAll(tx, ctx, memberId, benefitId) }));
}

/** Makes the codes of one booking useless: it was given back. */
export async function revokeOfBooking(tx: Tx, bookingId: BookingId): Promise<void> {
  await tx
    .update(redemptionCodes)
    .set({ state: "revoked" })
    .where(and(eq(redemptionCodes.bookingId, bookingId), eq(redemptionCodes.state, "open")));
}

/** Forgets codes that were over a day ago; until then each still says why it cannot be used. */
export async function sweep(tx: Tx, ctx: Pick<Context, "now">): Promise<void> {
  await tx.delete(redemptionCodes).where(lt(redemptionCodes.expiresAt, addDays(ctx.now, -1)));
}

/** The keyed hash under which eight digits are stored. */
export function digitsHash(ctx: Pick<Context, "keys">, digits: string): Buffer {
  return ctx.keys.keyedHash("redemption-code", `digits ${digits}`);
}

/** For which booking or child the code is, and which use a booking holds for it. */
async function useFor(tx: Tx, ctx: Context<MemberActor>, benefit: Benefit, { bookingId, childId }: ShowCode) {
  if (!benefit.terms.booked) {
    return { bookingId: null, childId: await childFor(tx, benefit, ctx.actor.id, childId), held: null };
  }
  if (bookingId === null) throw new Refusal("BENEFIT_NOT_BOOKED");
  const booking = await bookingWithSlot(tx, bookingId);
  if (booking?.memberId !== ctx.actor.id || booking.benefitId !== benefit.id) {
    throw new Refusal("BOOKING_NOT_FOUND", {}, "missing");
  }
  if (booking.state !== "booked") throw new Refusal("BOOKING_OVER");
  const day = businessDay(booking.startsAt);
  if (day !== businessDay(ctx.now)) throw new Refusal("BOOKING_NOT_TODAY", { day });
  return { bookingId, childId: booking.childId, held: booking.period };
}

async function revokeAll(tx: Tx, ctx: Context, memberId: MemberId, benefitId: BenefitId): Promise<number> {
  const revoked = await tx
    .update(redemptionCodes)
    .set({ state: "revoked" })
    .where(isOpenOf(memberId, benefitId))
    .returning({ id: redemptionCodes.id });
  await audit.record(tx, ctx, {
    action: "benefit.revokeCodes",
    subject: { kind: "benefit", id: benefitId },
    memberId,
    detail: { revoked: revoked.length },
  });
  return revoked.length;
}

/** Makes room for one more code. */
async function revokeOldest(tx: Tx, memberId: MemberId, benefitId: BenefitId): Promise<void> {
  const open = await tx
    .select({ id: redemptionCodes.id })
    .from(redemptionCodes)
    .where(isOpenOf(memberId, benefitId))
    .orderBy(desc(redemptionCodes.id));
  const tooOld = open.slice(MAX_OPEN_CODES - 1).map(({ id }) => id);
  if (tooOld.length === 0) return;
  await tx.update(redemptionCodes).set({ state: "revoked" }).where(inArray(redemptionCodes.id, tooOld));
}

type NewCode = {
  readonly memberId: MemberId;
  readonly benefitId: BenefitId;
  readonly childId: ChildId | null;
  readonly bookingId: BookingId | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** Adds a code under digits that no other code has. */
async function mint(tx: Tx, ctx: Pick<Context, "keys" | "newId">, code: NewCode) {
  const codeId = ctx.newId<"redemptionCode">();
  for (;;) {
    const digits = String(randomInt(100_000_000)).padStart(8, "0");
    const added = await tx
      .insert(redemptionCodes)
      .values({ id: codeId, ...code, digitsHash: digitsHash(ctx, digits), state: "open" })
      .onConflictDoNothing()
      .returning({ id: redemptionCodes.id });
    if (added.length > 0) return { codeId, digits };
  }
}

function isOpenOf(memberId: MemberId, benefitId: BenefitId) {
  return and(
    eq(redemptionCodes.memberId, memberId),
    eq(redemptionCodes.benefitId, benefitId),
    eq(redemptionCodes.state, "open"),
  );
}
