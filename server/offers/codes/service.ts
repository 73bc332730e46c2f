import { createHash, randomBytes } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { offerCodeBatches, offerCodes } from "#db/schema/offers.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import type { OfferId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { publishedVersions } from "../queries.ts";
import type { MakeCodes } from "./model.ts";
import { codeOf, plainCode } from "./rules.ts";

/**
 * Makes single-use codes of an offer that asks for them. The file is handed over here and now and never again: only
 * hashes are kept. Refuses: OFFER_NOT_FOUND, CODES_NOT_WANTED.
 */
export async function make(
  ctx: Context<StaffActor>,
  { offerId, count }: MakeCodes,
): Promise<{ batchId: string; csv: string }> {
  const latest = (await publishedVersions(ctx.db)).filter((version) => version.offerId === offerId).at(-1);
  if (latest === undefined) throw new Refusal("OFFER_NOT_FOUND", {}, "missing");
  if (!latest.terms.conditions.codeRequired) throw new Refusal("CODES_NOT_WANTED");
  const batchId = ctx.newId<"codeBatch">();
  const codes = Array.from({ length: count }, () => codeOf(randomBytes(10)));
  const rows = codes.map((code) => ({ codeHash: hashOf(code), batchId, offerId, taken: false }));
  await ctx.db.transact(async (tx) => {
    await tx
      .insert(offerCodeBatches)
      .values({ id: batchId, offerId, count, createdBy: ctx.actor.id, createdAt: ctx.now });
    await tx.bulkInsert(offerCodes, rows);
    await audit.record(tx, ctx, {
      action: "offer.makeCodes",
      subject: { kind: "offer", id: offerId },
      detail: { count },
    });
  });
  return { batchId, csv: `code\r\n${codes.join("\r\n")}\r\n` };
}

/** The offers that these codes open and that nobody has used them for yet; codes that open nothing are passed over. */
export async function openedBy(reader: Reader, codes: readonly string[]): Promise<OfferId[]> {
  if (codes.length === 0) return [];
  const rows = await reader
    .select({ offerId: offerCodes.offerId })
    .from(offerCodes)
    .where(and(inArray(offerCodes.codeHash, codes.map(hashOf)), eq(offerCodes.taken, false)));
  return rows.map(({ offerId }) => offerId);
}

/** Takes a code for one use and returns its hash. Of many at once, one gets it. Refuses: CODE_UNKNOWN, CODE_USED. */
export async function take(tx: Tx, offerId: OfferId, code: string): Promise<Buffer> {
  const codeHash = hashOf(code);
  const mine = and(eq(offerCodes.codeHash, codeHash), eq(offerCodes.offerId, offerId));
  const taken = await tx
    .update(offerCodes)
    .set({ taken: true })
    .where(and(mine, eq(offerCodes.taken, false)))
    .returning({ codeHash: offerCodes.codeHash });
  if (taken.length > 0) return codeHash;
  const [known] = await tx.select({ taken: offerCodes.taken }).from(offerCodes).where(mine);
  throw new Refusal(known === undefined ? "CODE_UNKNOWN" : "CODE_USED");
}

/** Gives codes back that were taken for uses that did not happen. */
export async function giveBack(tx: Tx, codeHashes: readonly Buffer[]): Promise<void> {
  if (codeHashes.length > 0)
    await tx
      .update(offerCodes)
      .set({ taken: false })
      .where(inArray(offerCodes.codeHash, [...codeHashes]));
}

function hashOf(code: string): Buffer {
  return createHash("sha256").update(plainCode(code)).digest();
}
