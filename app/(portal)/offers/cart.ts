import { param, type Query } from "#app/ui/address.ts";
import { Channel, type Line } from "#server/offers/model.ts";
import type { ShowcaseProduct } from "#server/offers/showcase/model.ts";

/** What the address asks to be priced. */
export type Asked = { readonly channel: Channel; readonly quantities: ReadonlyMap<string, number> };

/** The name of a product's quantity in the address. */
export function quantityName(sku: string): string {
  return `q-${sku}`;
}

/** Reads channel and quantities from the address; what makes no sense is passed over. */
export function askedOf(query: Query): Asked {
  const channel = Channel.safeParse(param(query, "channel"));
  const quantities = Object.keys(query).flatMap((name) => {
    const quantity = Number(param(query, name));
    const known = name.startsWith("q-") && Number.isInteger(quantity) && quantity >= 1 && quantity <= 999;
    return known ? [[name.slice(2), quantity] as const] : [];
  });
  return { channel: channel.success ? channel.data : "miniProgram", quantities: new Map(quantities) };
}

/** The cart of these quantities, at the list prices of the showcase. */
export function linesOf({ quantities }: Asked, products: readonly ShowcaseProduct[]): Line[] {
  return products.flatMap(({ sku, category, listPriceFen }) => {
    const quantity = quantities.get(sku);
    return quantity === undefined ? [] : [{ sku, category, quantity, listPriceFen }];
  });
}
