import { and, eq } from "drizzle-orm";
import { savedViews } from "#db/schema/order-console.ts";
import * as audit from "../../../audit/service.ts";
import type { Context, StaffActor } from "../../../core/context.ts";
import { Refusal } from "../../../core/refusal.ts";
import { inspect } from "../../leaks/detect.ts";
import { redact } from "../../leaks/mask.ts";
import { TEXT } from "../../leaks/roles.ts";
import type { OneView, RenameView, SavedViewId, SaveView } from "./model.ts";

/** Keeps a filter under a name of the staff member's own; the same name again replaces what it said. */
export async function save(ctx: Context<StaffActor>, { name, filter, sharedWith }: SaveView): Promise<SavedViewId> {
  const saved = { filter, sharedWith, savedAt: ctx.now };
  return ctx.db.transact(async (tx) => {
    const [view] = await tx
      .insert(savedViews)
      .values({ id: ctx.newId<"savedView">(), ownerId: ctx.actor.id, name: shownName(name), ...saved })
      .onConflictDoUpdate({ target: [savedViews.ownerId, savedViews.name], set: saved })
      .returning({ id: savedViews.id });
    if (view === undefined) throw new Error("a saved view came back as nothing");
    await audit.record(tx, ctx, {
      action: "order.view.save",
      subject: { kind: "savedView", id: view.id },
      detail: { sharedWith },
    });
    return view.id;
  });
}

/** Gives one's own view another name. Refuses: VIEW_NOT_FOUND, also for a colleague's; VIEW_NAME_TAKEN. */
export async function rename(ctx: Context<StaffActor>, { viewId, name }: RenameView): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [named] = await tx
      .select({ id: savedViews.id })
      .from(savedViews)
      .where(and(eq(savedViews.ownerId, ctx.actor.id), eq(savedViews.name, shownName(name))));
    if (named !== undefined && named.id !== viewId) throw new Refusal("VIEW_NAME_TAKEN");
    const renamed = await tx
      .update(savedViews)
      .set({ name: shownName(name) })
      .where(ownView(ctx, viewId))
      .returning({ id: savedViews.id });
    if (renamed.length === 0) throw new Refusal("VIEW_NOT_FOUND", {}, "missing");
    await audit.record(tx, ctx, { action: "order.view.rename", subject: { kind: "savedView", id: viewId } });
  });
}

/** Lets go of one's own view, for whomever it was shared with as well. Refuses: VIEW_NOT_FOUND, also for a colleague's. */
export async function remove(ctx: Context<StaffActor>, { viewId }: OneView): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const gone = await tx.delete(savedViews).where(ownView(ctx, viewId)).returning({ id: savedViews.id });
    if (gone.length === 0) throw new Refusal("VIEW_NOT_FOUND", {}, "missing");
    await audit.record(tx, ctx, { action: "order.view.delete", subject: { kind: "savedView", id: viewId } });
  });
}

function ownView(ctx: Context<StaffActor>, viewId: SavedViewId) {
  return and(eq(savedViews.id, viewId), eq(savedViews.ownerId, ctx.actor.id));
}

/** A name is shown to colleagues: nobody's number belongs in it. */
function shownName(name: string): string {
  return redact(inspect(name, TEXT));
}
