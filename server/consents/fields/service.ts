import { brandFields } from "#db/schema/activities.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import { builtInFields } from "./catalogue.ts";
import type { FieldDefinition } from "./model.ts";
import { checkDefinition } from "./rules.ts";

/**
 * Adds a field of the brand's own to the catalogue. Nothing is asked of anybody by that: a purpose must name it first.
 * Refuses: FIELD_CLASS_WRONG, FIELD_FORMAT_WRONG, FIELD_KNOWN.
 */
export async function add(ctx: Context<StaffActor>, definition: FieldDefinition): Promise<void> {
  const verdict = checkDefinition(definition);
  if (!verdict.ok) throw new Refusal(verdict.code, verdict.condition, "invalid");
  if (builtInFields.some(({ key }) => key === definition.key)) throw new Refusal("FIELD_KNOWN");
  await ctx.db.transact(async (tx) => {
    const added = await tx
      .insert(brandFields)
      .values({ key: definition.key, definition, addedBy: ctx.actor.id, addedAt: ctx.now })
      .onConflictDoNothing()
      .returning({ key: brandFields.key });
    if (added.length === 0) throw new Refusal("FIELD_KNOWN");
    await audit.record(tx, ctx, {
      action: "field.add",
      subject: { kind: "field", id: definition.key },
      detail: { class: definition.class, format: definition.format.kind },
    });
  });
}
