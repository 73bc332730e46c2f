import { desc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { redemptions, stores } from "#db/schema/benefits.ts";
import type { MemberId } from "../../core/id.ts";

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
