import { and, asc, eq, inArray, ne } from "drizzle-orm";
import { savedViews } from "#db/schema/order-console.ts";
import type { Context, StaffActor } from "../../../core/context.ts";
import type { ViewShown } from "./model.ts";

/** Most views of either kind that are shown. */
const SHOWN = 50;

/** The views somebody kept, then those of colleagues that are shared with a role of theirs; each by name. */
export async function list({ db, actor }: Pick<Context<StaffActor>, "db" | "actor">): Promise<ViewShown[]> {
  const own = await db
    .select(shown)
    .from(savedViews)
    .where(eq(savedViews.ownerId, actor.id))
    .orderBy(asc(savedViews.name))
    .limit(SHOWN);
  const shared = await db
    .select(shown)
    .from(savedViews)
    .where(and(inArray(savedViews.sharedWith, [...actor.roles]), ne(savedViews.ownerId, actor.id)))
    .orderBy(asc(savedViews.name), asc(savedViews.id))
    .limit(SHOWN);
  return [...own.map((view) => ({ ...view, own: true })), ...shared.map((view) => ({ ...view, own: false }))];
}

const shown = {
  id: savedViews.id,
  name: savedViews.name,
  filter: savedViews.filter,
  sharedWith: savedViews.sharedWith,
};
