import { and, desc, eq, gt, lt, lte } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { disposals, grants, vaultValues } from "#db/schema/consents.ts";
import { children } from "#db/schema/guardianship.ts";
import { members } from "#db/schema/members.ts";
import type { Context } from "../../core/context.ts";
import type { Id } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { activitiesInForce } from "../activities/queries.ts";

/** How far ahead the page looks (days). */
const SOON_DAYS = 30;

/** How long each purpose keeps its values, how much is due, and when the sweep last ran. */
export async function schedule(ctx: Context) {
  const activities = await activitiesInForce(ctx.db);
  const soon = addDays(ctx.now, SOON_DAYS);
  const [lastRun] = await ctx.db
    .select({ at: auditEntries.at, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.action, "retention.run"), eq(auditEntries.actorKind, "system")))
    .orderBy(desc(auditEntries.at))
    .limit(1);
  return {
    purposes: activities
      .filter(({ terms }) => terms.fields.length > 0)
      .map(({ code, state, terms }) => ({
        code,
        state,
        name: terms.name,
        fields: terms.fields,
        retention: terms.retention,
      })),
    overdue: await ctx.db.$count(vaultValues, lte(vaultValues.expiresAt, ctx.now)),
    soon: await ctx.db.$count(vaultValues, and(gt(vaultValues.expiresAt, ctx.now), lte(vaultValues.expiresAt, soon))),
    waiting: await ctx.db.$count(grants, gt(grants.holdUntil, ctx.now)),
    lastRun: lastRun ?? null,
  };
}

/** What was erased, newest first; `before` is the id of the last record seen. */
export async function disposalPage(reader: Reader, before: Id<"disposal"> | undefined, size: number) {
  const rows = await reader
    .select({
      id: disposals.id,
      at: disposals.at,
      memberId: disposals.memberId,
      memberNumber: members.number,
      childOrdinal: children.ordinal,
      purpose: disposals.purpose,
      fields: disposals.fields,
      erased: disposals.erased,
      trigger: disposals.trigger,
    })
    .from(disposals)
    .innerJoin(members, eq(members.id, disposals.memberId))
    .leftJoin(children, eq(children.id, disposals.childId))
    .where(before === undefined ? undefined : lt(disposals.id, before))
    .orderBy(desc(disposals.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return { disposals: page, before: rows.length > size ? (page.at(-1)?.id ?? null) : null };
}
