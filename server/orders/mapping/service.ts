import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { orderMappings } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import { inspect } from "../leaks/detect.ts";
import { redact } from "../leaks/mask.ts";
import { TEXT } from "../leaks/roles.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { OneMapping, OrderMappingId, RenameMapping, SaveMapping } from "./model.ts";
import { withoutPeople } from "./rules.ts";

/**
 * Keeps a mapping under a name. The same name for the same header again replaces what it said; imports that were begun
 * go on as they were. Refuses: MAPPING_NAME_TAKEN when the name stands for another header.
 */
export async function save(ctx: Context<StaffActor>, { name, mapping }: SaveMapping): Promise<OrderMappingId> {
  const kept = withoutPeople(mapping);
  const saved = {
    fingerprint: fingerprintOf(kept.header),
    mapping: kept,
    source: kept.source,
    savedBy: ctx.actor.id,
    savedAt: ctx.now,
  };
  return ctx.db.transact(async (tx) => {
    const [named] = await tx
      .select()
      .from(orderMappings)
      .where(and(eq(orderMappings.name, shown(name)), isNull(orderMappings.deletedAt)));
    if (named !== undefined && !named.fingerprint.equals(saved.fingerprint)) throw new Refusal("MAPPING_NAME_TAKEN");
    const id = named?.id ?? ctx.newId<"orderMapping">();
    if (named !== undefined) await tx.update(orderMappings).set(saved).where(eq(orderMappings.id, id));
    else await add(tx, { ...saved, id, name: shown(name), createdAt: ctx.now });
    await audit.record(tx, ctx, {
      action: "order.mapping.save",
      subject: { kind: "orderMapping", id },
      detail: { platform: kept.platform, columns: Object.keys(kept.columns).length, replaced: named !== undefined },
    });
    return id;
  });
}

/** Gives a mapping another name. Refuses: MAPPING_NOT_FOUND, MAPPING_NAME_TAKEN. */
export async function rename(ctx: Context<StaffActor>, { mappingId, name }: RenameMapping): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [named] = await tx
      .select({ id: orderMappings.id })
      .from(orderMappings)
      .where(and(eq(orderMappings.name, shown(name)), isNull(orderMappings.deletedAt)));
    if (named !== undefined && named.id !== mappingId) throw new Refusal("MAPPING_NAME_TAKEN");
    await change(tx, mappingId, { name: shown(name) });
    await audit.record(tx, ctx, {
      action: "order.mapping.rename",
      subject: { kind: "orderMapping", id: mappingId },
    });
  });
}

/** Lets a mapping read no more files; orders that it brought stay, and can still be claimed. Refuses: MAPPING_NOT_FOUND. */
export async function remove(ctx: Context<StaffActor>, { mappingId }: OneMapping): Promise<void> {
  await ctx.db.transact(async (tx) => {
    await change(tx, mappingId, { deletedAt: ctx.now });
    await audit.record(tx, ctx, {
      action: "order.mapping.delete",
      subject: { kind: "orderMapping", id: mappingId },
    });
  });
}

async function add(tx: Tx, row: typeof orderMappings.$inferInsert): Promise<void> {
  const added = await tx.insert(orderMappings).values(row).onConflictDoNothing().returning({ id: orderMappings.id });
  if (added.length === 0) throw new Refusal("MAPPING_NAME_TAKEN");
}

async function change(
  tx: Tx,
  mappingId: OrderMappingId,
  to: Partial<typeof orderMappings.$inferInsert>,
): Promise<void> {
  const [changed] = await tx
    .update(orderMappings)
    .set(to)
    .where(and(eq(orderMappings.id, mappingId), isNull(orderMappings.deletedAt)))
    .returning({ id: orderMappings.id });
  if (changed === undefined) throw new Refusal("MAPPING_NOT_FOUND", {}, "missing");
}

/** A name is shown wherever imports are: nobody's number belongs in it. */
function shown(name: string): string {
  return redact(inspect(name, TEXT));
}
