import { join } from "node:path";
import { desc } from "drizzle-orm";
import { consentEvents, grants } from "#db/schema/consents.ts";
import type { Context } from "../../core/context.ts";
import { addDays } from "../../core/time.ts";
import { endConsents } from "../ending/service.ts";
import { type Tombstone, type TombstoneFiles, tombstoneFiles } from "./tombstone-files.ts";

/** Where this deployment keeps its tombstones: never on the same volume as the database's backups. */
export function tombstonesOf(dataDir: string): TombstoneFiles {
  return tombstoneFiles(join(/* turbopackIgnore: true */ dataDir, "tombstones"));
}

/** How far the clock of a machine may have been off when an ending was written down (days). */
const CLOCK_DAYS = 1;
const BATCH = 200;

/**
 * Before serving: consents that ended after the backup in place was made end again, and their values with them
 * (invariant 28). Gives how many. A database that is not behind is left alone, at the cost of one day's file.
 */
export async function replayTombstones(ctx: Context, files: TombstoneFiles): Promise<number> {
  const [newest] = await ctx.db
    .select({ at: consentEvents.at })
    .from(consentEvents)
    .orderBy(desc(consentEvents.id))
    .limit(1);
  if (newest === undefined) return 0;
  const kept = await files.since(addDays(newest.at, -CLOCK_DAYS));
  let replayed = 0;
  for (let from = 0; from < kept.length; from += BATCH) {
    replayed += await endAgain(ctx, kept.slice(from, from + BATCH));
  }
  return replayed;
}

function endAgain(ctx: Context, tombstones: readonly Tombstone[]): Promise<number> {
  return ctx.db.transact(async (tx) => {
    const decided = new Map(tombstones.map(({ grantId, decisionId }) => [`${grantId} ${decisionId}`, grantId]));
    const rows = await tx.bulkSelect(grants, "id", [...new Set(decided.values())]);
    const risen = rows.filter((grant) => grant.holdsValues && decided.has(`${grant.id} ${grant.decisionId}`));
    await endConsents(tx, ctx, risen, { action: "invalidate", reason: "backupRestored" });
    return risen.length;
  });
}
