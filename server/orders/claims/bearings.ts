import type { Tx } from "#db/client.ts";
import { virtualNumbers } from "#db/schema/orders.ts";
import type { Context } from "../../core/context.ts";
import type { OrderId } from "../../core/id.ts";
import { relayOf } from "../formats/index.ts";
import { placeOf } from "../importing/store.ts";
import { relayEnds } from "../rules.ts";
import { knowledgeIn, type OrderRow } from "../stored.ts";
import type { Bearing } from "./rules.ts";

/** What these orders hold that claims can be borne out by; of a relay number only while it lives (promise 16). */
export async function bearingsOf(
  tx: Tx,
  { keys, now }: Pick<Context, "keys" | "now">,
  rows: readonly OrderRow[],
): Promise<ReadonlyMap<OrderId, Bearing>> {
  const numbers = await tx.bulkSelect(
    virtualNumbers,
    "orderId",
    rows.map(({ id }) => id),
  );
  const sealed = new Map(numbers.map((number) => [number.orderId, number]));
  return new Map(
    rows.map((row) => {
      const number = sealed.get(row.id);
      const lives = number !== undefined && relayEnds(relayOf(row.platform), row, number.expiresAt) > now;
      const { whole, lines } = knowledgeIn(row);
      return [
        row.id,
        {
          paid: row.paid,
          placedAt: row.placedAt,
          skus: [whole, ...lines.values()].flatMap((part) => part?.sku ?? []),
          relay: lives ? keys.openForSystem(number.sealed, placeOf(row.id)) : null,
        },
      ];
    }),
  );
}
