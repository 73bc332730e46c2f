import { and, eq, gt } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { bookings, redemptionCodes, redemptions } from "#db/schema/benefits.ts";
import { members } from "#db/schema/members.ts";
import * as audit from "../../audit/service.ts";
import { keepAfterUse, readIn } from "../../consents/gateway/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { consume, release, tooMany } from "../../core/limits.ts";
import { Refusal } from "../../core/refusal.ts";
import { businessDay } from "../../core/time.ts";
import { creditRedemption } from "../../points/service.ts";
import { bookingWithSlot } from "../booking/queries.ts";
import { withHeld } from "../entitlements/rules.ts";
import { renewAllowance, takeUse } from "../entitlements/service.ts";
import { demandOpen, subjectOf } from "../locks/queries.ts";
import type {
  BenefitTerms,
  BookingId,
  ConfirmCode,
  LookUpCode,
  RedemptionCodeId,
  RedemptionId,
  StoreId,
} from "../model.ts";
import { publishedOne } from "../publishing/queries.ts";
import { type Derived, derive, maskNumber, purposeOf } from "../rules.ts";
import { demandUsedAt, demandWorksAt, list as storeList, wrongStore } from "../stores/queries.ts";
import { codeRefusal, MISSED } from "./codes/rules.ts";
import { digitsHash } from "./codes/service.ts";
import { readSigned } from "./codes/signed.ts";

type Code = typeof redemptionCodes.$inferSelect;

/** What store staff see before they confirm: all that the service needs, and no value. */
export type Presented = {
  readonly codeId: RedemptionCodeId;
  readonly expiresAt: Date;
  readonly benefit: Pick<BenefitTerms, "title" | "gives">;
  /** The card number, masked. */
  readonly member: string;
  /** Uses left besides, once this one is counted. */
  readonly usesLeft: number;
  readonly booking: { readonly startsAt: Date; readonly endsAt: Date } | null;
  readonly derived: readonly Derived[];
};

/**
 * What a code stands for, to somebody who works at the store. Values are read by the gateway and leave an entry; what is
 * shown are their bands alone. Refuses: TOO_MANY_ATTEMPTS, REDEMPTION_CODE_UNKNOWN, REDEMPTION_CODE_REVOKED,
 * REDEMPTION_CODE_EXPIRED, REDEMPTION_CODE_USED, STORE_NOT_YOURS, STORE_WRONG, BOOKING_OVER, BOOKING_NOT_TODAY,
 * BENEFIT_LOCKED { reason }, and what the gateway refuses.
 */
export async function lookUp(ctx: Context<StaffActor>, { code, storeId }: LookUpCode): Promise<Presented> {
  const row = await find(ctx, code);
  const answer = await ctx.db.transact(async (tx) => {
    const refusal = codeRefusal(row, ctx.now);
    if (refusal !== null) throw new Refusal(refusal);
    const { benefit, booking, usesLeft, standing } = await presented(tx, ctx, row, storeId);
    const purpose = purposeOf(benefit.terms);
    const fields = [...new Set(benefit.terms.derivations.map(({ field }) => field))].filter((field) =>
      standing?.valued.includes(field),
    );
    const read =
      purpose === null || fields.length === 0
        ? ({ ok: true, values: new Map() } as const)
        : await readIn(tx, ctx, {
            subject: subjectOf(benefit, row.memberId, row.childId),
            fields,
            purpose,
            duty: "redemption",
          });
    if (!read.ok) return read;
    return {
      ok: true,
      shown: {
        codeId: row.id,
        expiresAt: row.expiresAt,
        benefit: { title: benefit.terms.title, gives: benefit.terms.gives },
        member: await maskedMember(tx, row),
        usesLeft,
        booking: booking && { startsAt: booking.startsAt, endsAt: booking.endsAt },
        derived: derive(benefit.terms.derivations, read.values, ctx.now),
      },
    } as const;
  });
  if (!answer.ok) throw new Refusal(answer.code, answer.condition, "forbidden");
  return answer.shown;
}

/** One use, confirmed. */
export type Confirmed = {
  readonly redemptionId: RedemptionId;
  readonly benefit: Pick<BenefitTerms, "title" | "gives">;
  readonly member: string;
  readonly usesLeft: number;
  readonly at: Date;
};

/**
 * Uses a code, once: of any number of devices that confirm it, one is answered so and the others learn that it was used.
 * Everything is asked again, since consent may have been withdrawn meanwhile. Refuses as `lookUp` does.
 */
export async function confirm(ctx: Context<StaffActor>, { codeId, storeId }: ConfirmCode): Promise<Confirmed> {
  return ctx.db.transact(async (tx) => {
    const row = await claim(tx, ctx, codeId);
    const { benefit, booking, usesLeft, tier, uses } = await presented(tx, ctx, row, storeId);
    const { memberId, bookingId, childId } = row;
    const period = booking?.period ?? (await takeUse(tx, benefit, { memberId, tier, at: ctx.now, now: ctx.now }));
    if (bookingId !== null) {
      await renewAllowance(tx, memberId, benefit.id, uses);
      await tx.update(bookings).set({ state: "redeemed", settledAt: ctx.now }).where(eq(bookings.id, bookingId));
    }
    const id = ctx.newId<"redemption">();
    await tx.insert(redemptions).values({
      id,
      memberId,
      benefitId: benefit.id,
      codeId,
      bookingId,
      period,
      storeId,
      staffId: ctx.actor.id,
      at: ctx.now,
    });
    const { title, gives } = benefit.terms;
    if (gives.kind === "points") {
      await creditRedemption(tx, ctx, { memberId, redemptionId: id, points: gives.points });
    }
    const purpose = purposeOf(benefit.terms);
    if (purpose !== null) await keepAfterUse(tx, ctx, { subject: subjectOf(benefit, memberId, childId), purpose });
    await audit.record(tx, ctx, {
      action: "benefit.redeem",
      subject: { kind: "redemption", id },
      memberId,
      detail: { benefitId: benefit.id, storeId, bookingId },
    });
    return {
      redemptionId: id,
      benefit: { title, gives },
      member: await maskedMember(tx, row),
      usesLeft,
      at: ctx.now,
    };
  });
}

/**
 * The code that was scanned or typed. What is no code counts against whoever tried, so that digits cannot be guessed.
 * Refuses: TOO_MANY_ATTEMPTS, REDEMPTION_CODE_UNKNOWN, REDEMPTION_CODE_EXPIRED when it is so old that it was forgotten.
 */
async function find(ctx: Context<StaffActor>, code: string): Promise<Code> {
  const signed = readSigned(ctx.keys, code);
  const by = { bucket: "redemption.missed", key: ctx.actor.id };
  const { verdict, row } = await ctx.db.transact(async (tx) => {
    const verdict = await consume(tx, ctx, { ...by, limits: MISSED });
    if (!verdict.ok) {
      const subject = { kind: "limit", id: by.bucket };
      if (verdict.first) await audit.record(tx, ctx, { action: "limit.reach", subject, outcome: "refused" });
      return { verdict };
    }
    const [row] = await tx
      .select()
      .from(redemptionCodes)
      .where(
        signed === null ? eq(redemptionCodes.digitsHash, digitsHash(ctx, code)) : eq(redemptionCodes.id, signed.codeId),
      );
    if (row !== undefined || signed !== null) await release(tx, ctx, by);
    return { verdict, row };
  });
  if (!verdict.ok) throw tooMany(verdict);
  if (row !== undefined) return row;
  throw signed === null
    ? new Refusal("REDEMPTION_CODE_UNKNOWN", {}, "missing")
    : new Refusal("REDEMPTION_CODE_EXPIRED");
}

/** Turns an open code into a used one: a single conditional write. Refuses with what the code has become. */
async function claim(tx: Tx, ctx: Context, codeId: RedemptionCodeId): Promise<Code> {
  const [claimed] = await tx
    .update(redemptionCodes)
    .set({ state: "used" })
    .where(
      and(eq(redemptionCodes.id, codeId), eq(redemptionCodes.state, "open"), gt(redemptionCodes.expiresAt, ctx.now)),
    )
    .returning();
  if (claimed !== undefined) return claimed;
  const [row] = await tx.select().from(redemptionCodes).where(eq(redemptionCodes.id, codeId));
  if (row === undefined) throw new Refusal("REDEMPTION_CODE_UNKNOWN", {}, "missing");
  throw new Refusal(codeRefusal(row, ctx.now) ?? "REDEMPTION_CODE_USED");
}

/** Everything that must hold for a code to be used here and now. */
async function presented(tx: Tx, ctx: Context<StaffActor>, row: Code, storeId: StoreId) {
  await demandWorksAt(tx, ctx.actor.id, storeId);
  const benefit = await publishedOne(tx, row.benefitId);
  await demandUsedAt(tx, benefit.terms, storeId);
  const booking = row.bookingId === null ? null : await bookingToday(tx, ctx, row.bookingId, storeId);
  const held = booking?.period ?? null;
  const { memberId, childId } = row;
  const { tier, standing, uses } = await demandOpen(tx, benefit, {
    memberId,
    childId,
    at: ctx.now,
    now: ctx.now,
    held,
  });
  const { fromTier, granted } = withHeld(uses, held);
  return { benefit, booking, tier, standing, uses, usesLeft: fromTier + granted - 1 };
}

/** The booking a code is for. Refuses: BOOKING_OVER, STORE_WRONG, BOOKING_NOT_TODAY. */
async function bookingToday(tx: Tx, ctx: Context, bookingId: BookingId, storeId: StoreId) {
  const booking = await bookingWithSlot(tx, bookingId);
  if (booking?.state !== "booked") throw new Refusal("BOOKING_OVER");
  const day = businessDay(booking.startsAt);
  if (day !== businessDay(ctx.now)) throw new Refusal("BOOKING_NOT_TODAY", { day });
  if (booking.storeId !== storeId) throw wrongStore((await storeList(tx)).filter(({ id }) => id === booking.storeId));
  return booking;
}

async function maskedMember(reader: Reader, { memberId }: Code): Promise<string> {
  const [member] = await reader.select({ number: members.number }).from(members).where(eq(members.id, memberId));
  return maskNumber(member?.number ?? "");
}
