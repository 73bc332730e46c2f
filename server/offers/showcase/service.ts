import { notInArray } from "drizzle-orm";
import { showcaseProducts } from "#db/schema/offers.ts";
import * as audit from "../../audit/service.ts";
import type { Context, StaffActor } from "../../core/context.ts";
import { fen } from "../../core/money.ts";
import type { ArrangeShowcase } from "./model.ts";

/** Sets the products, in this order, for which prices are shown tier beside tier. */
export async function arrange(ctx: Context<StaffActor>, { products }: ArrangeShowcase): Promise<void> {
  const rows = products.map((product, position) => ({ ...product, listPriceFen: fen(product.listPriceFen), position }));
  await ctx.db.transact(async (tx) => {
    const kept = rows.map(({ sku }) => sku);
    await tx.delete(showcaseProducts).where(kept.length === 0 ? undefined : notInArray(showcaseProducts.sku, kept));
    await tx.bulkInsert(showcaseProducts, rows, {
      key: ["sku"],
      update: ["name", "category", "listPriceFen", "position"],
    });
    await audit.record(tx, ctx, {
      action: "offer.arrangeShowcase",
      subject: { kind: "showcase", id: null },
      detail: { products: products.length },
    });
  });
}
