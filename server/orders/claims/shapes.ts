import type { Layout } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import { type ClaimableShape, type ClaimFactKind, claimFactKinds } from "./model.ts";

/** Which columns a layout must have for a fact to be in it. A day that the order number itself tells proves nothing. */
const held: Readonly<Record<ClaimFactKind, (layout: Layout) => boolean>> = {
  amount: ({ columns }) => columns.paid !== undefined,
  dayAndSku: ({ columns, placedFromId }) =>
    columns.placedAt !== undefined && columns.sku !== undefined && placedFromId === undefined,
  extension: ({ columns }) => columns.phone !== undefined,
};

/** The facts that a platform's exports hold, by what its formats declare. */
export function factsHeld(layouts: readonly Layout[]): ClaimFactKind[] {
  return claimFactKinds.filter((kind) => layouts.some(held[kind]));
}

/** Every platform's order numbers, and what a claim of one can be borne out by. */
export const claimableShapes: readonly ClaimableShape[] = formats.map(({ layouts }) => ({
  shape: [...new Set(layouts.map(({ orderId }) => orderId.source))].join("|"),
  facts: factsHeld(layouts),
}));
