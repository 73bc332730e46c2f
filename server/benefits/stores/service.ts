import { and, eq } from "drizzle-orm";
import { storeStaff, stores } from "#db/schema/benefits.ts";
import { staff } from "#db/schema/staff.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import type { AssignStore, SaveStore, StoreId } from "../model.ts";

/** Adds a store, or changes one. Refuses: STORE_NOT_FOUND. */
export async function save(
  ctx: Context<StaffActor>,
  { storeId, name, address, open }: SaveStore,
): Promise<{ storeId: StoreId }> {
  return ctx.db.transact(async (tx) => {
    const id = storeId ?? ctx.newId<"store">();
    if (storeId === null) await tx.insert(stores).values({ id, name, address, open, createdAt: ctx.now });
    else {
      const changed = await tx
        .update(stores)
        .set({ name, address, open })
        .where(eq(stores.id, id))
        .returning({ id: stores.id });
      if (changed.length === 0) throw new Refusal("STORE_NOT_FOUND", {}, "missing");
    }
    await audit.record(tx, ctx, { action: "store.save", subject: { kind: "store", id }, detail: { open } });
    return { storeId: id };
  });
}

/** Says who works at a store, and who no longer does. Refuses: STORE_NOT_FOUND, STAFF_NOT_FOUND. */
export async function assign(ctx: Context<StaffActor>, { storeId, staffId, works }: AssignStore): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [store] = await tx.select({ id: stores.id }).from(stores).where(eq(stores.id, storeId));
    if (store === undefined) throw new Refusal("STORE_NOT_FOUND", {}, "missing");
    const [person] = await tx.select({ id: staff.id }).from(staff).where(eq(staff.id, staffId));
    if (person === undefined) throw new Refusal("STAFF_NOT_FOUND", {}, "missing");
    const row = { storeId, staffId, since: ctx.now };
    if (works) await tx.insert(storeStaff).values(row).onConflictDoNothing();
    else await tx.delete(storeStaff).where(and(eq(storeStaff.storeId, storeId), eq(storeStaff.staffId, staffId)));
    await audit.record(tx, ctx, {
      action: "store.assign",
      subject: { kind: "store", id: storeId },
      detail: { staffId, works },
    });
  });
}
