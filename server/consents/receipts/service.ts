import type { Context } from "../../core/context.ts";
import { consume, tooMany } from "../../core/limits.ts";
import type { CheckResult, VerifyReceipt } from "./model.ts";
import { verifyReceipt } from "./verification/queries.ts";

/** Receipts that one address may have checked: enough for a person, too few for a search. */
const VERIFIED = [
  { count: 20, windowMs: 60_000 },
  { count: 200, windowMs: 3_600_000 },
] as const;

/** Checks a receipt for anybody who brings one. Refuses: TOO_MANY_ATTEMPTS. */
export async function verify(
  ctx: Context,
  { text }: VerifyReceipt,
  addressGroup: string,
): Promise<readonly CheckResult[]> {
  const key = ctx.keys.keyedHash("address-limit", addressGroup);
  const verdict = await ctx.db.transact((tx) => consume(tx, ctx, { bucket: "receipt.verify", key, limits: VERIFIED }));
  if (!verdict.ok) throw tooMany(verdict);
  return verifyReceipt(ctx, text);
}
