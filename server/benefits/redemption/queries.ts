import { and, desc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { redemptions, stores } from "#db/schema/benefits.ts";
import type { MemberId, StaffId } from "../../core/id.ts";
import type { ConfirmCode } from "../model.ts";

/** A member's latest uses: what, where, when. */
export function latestUses(reader: Reader, memberId: MemberId, limit: number) {
  return reader
    .select({
      id: redemptions.id,
      benefitId: redemptions.benefitId,
      bookingId: redemptions.bookingId,
      store: stores.name,
      at: redemptions.at,
    })
    .from(redemptions)
    .innerJoin(stores, eq(stores.id, redemptions.storeId))
    .where(eq(redemptions.memberId, memberId))
    .orderBy(desc(redemptions.at), desc(redemptions.id))
    .limit(limit);
}

/**
 * What became of a confirmation whose answer was lost: when the asker used the code at the store; null when they did
 * not, whoever else may have.
 */
export async function outcomeOf(reader: Reader, staffId: StaffId, { codeId, storeId }: ConfirmCode) {
  const [row] = await reader
    .select({ at: redemptions.at })
    .from(redemptions)
    .where(and(eq(redemptions.codeId, codeId), eq(redemptions.storeId, storeId), eq(redemptions.staffId, staffId)));
  return row ?? null;
}
