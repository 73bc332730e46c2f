import { z } from "zod";
import { idSchema } from "../../core/id.ts";
import { OfferTerms } from "../kinds/index.ts";
import { Cart, Category, Channel, Line, PublicText, Sku } from "../model.ts";

/** A product for which prices are shown to everybody, tier beside tier. */
export const ShowcaseProduct = z.strictObject({
  sku: Sku,
  name: PublicText,
  category: Category,
  listPriceFen: Line.shape.listPriceFen.min(1),
});
export type ShowcaseProduct = z.infer<typeof ShowcaseProduct>;

export const ArrangeShowcase = z.strictObject({ products: z.array(ShowcaseProduct).max(60) });
export type ArrangeShowcase = z.infer<typeof ArrangeShowcase>;

export const PreviewCart = z.strictObject({ lines: Cart, channel: Channel });
export type PreviewCart = z.infer<typeof PreviewCart>;

/** What a cart would cost if these terms were in force in place of the offer's present ones. */
export const TryTerms = z.strictObject({
  offerId: idSchema<"offer">().nullable(),
  terms: OfferTerms,
  lines: Cart,
  channel: Channel,
});
export type TryTerms = z.infer<typeof TryTerms>;
