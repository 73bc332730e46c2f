import { and, eq } from "drizzle-orm";
import { importBatches } from "#db/schema/orders.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import { inspect } from "../leaks/detect.ts";
import { redact } from "../leaks/mask.ts";
import { TEXT } from "../leaks/roles.ts";
import type { DeclareProvenance, Provenance } from "./model.ts";

/**
 * Declares where a file comes from that is no platform's own export, and by what right it is here: it leaves quarantine
 * and waits for the word to import it. A file that was taken for a platform's own can be declared as well while it waits.
 * Refuses: BATCH_NOT_FOUND, PROVENANCE_NOT_NOW.
 */
export async function declare(ctx: Context<StaffActor>, { batchId, provenance }: DeclareProvenance): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId));
    if (batch === undefined) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
    const { state, chosen, fence } = batch;
    if (state !== "quarantined" && state !== "checked") throw new Refusal("PROVENANCE_NOT_NOW");
    await tx
      .update(importBatches)
      .set({ state: "checked", chosen: { ...chosen, thirdParty: true, provenance: impersonal(provenance) } })
      .where(and(eq(importBatches.id, batchId), eq(importBatches.fence, fence)));
    await audit.record(tx, ctx, {
      action: "order.declare",
      subject: { kind: "importBatch", id: batchId },
      detail: { basis: provenance.basis, quarantined: state === "quarantined" },
    });
  });
}

/** What was declared, with anything masked in it that is about a person. */
export function impersonal(provenance: Provenance): Provenance {
  const clean = (text: string) => {
    const finding = inspect(text, TEXT);
    return finding.hits.length > 0 ? redact(finding) : text;
  };
  const { supplier, basis, reference, scope } = provenance;
  return { basis, supplier: clean(supplier), reference: clean(reference), scope: clean(scope) };
}
