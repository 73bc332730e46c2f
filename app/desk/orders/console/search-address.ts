import type { z } from "zod";
import { OrderFilter, OrderSearch } from "#server/orders/console/model.ts";
import { param, type Query } from "../../../ui/address.ts";
import { cursorOf } from "../../list-address.ts";

export const consolePath = "/desk/orders/console";

/** The filters in the order in which they are shown; each stands in the address under its own name. */
export const filterNames = ["number", "status", "platform", "owned", "batchId", "imported", "from", "to"] as const;
export type FilterName = (typeof filterNames)[number];

/** The search that an address asks for; a value that means nothing is left out and named. */
export function searchIn(query: Query): { asked: OrderSearch; filter: OrderFilter; unknown: ReadonlySet<string> } {
  const given = Object.fromEntries(filterNames.map((name) => [name, valueIn(name, param(query, name))]));
  const first = OrderFilter.safeParse(given);
  const unknown = first.success ? new Set<string>() : namesIn(first.error);
  const filter = OrderFilter.parse(
    Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== undefined && !unknown.has(name))),
  );
  const cursor = cursorOf<"order">(query);
  const after = cursor && { placedAt: cursor.at, id: cursor.id };
  return { asked: OrderSearch.parse({ ...filter, after }), filter, unknown };
}

/** A filter as an address says it. */
export function queryOf(filter: OrderFilter): Record<string, string> {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = filter[name];
      if (value === undefined) return [];
      return [[name, typeof value === "boolean" ? (value ? "yes" : "no") : value]];
    }),
  );
}

/** Whether two filters ask for the same. */
export function isSame(a: OrderFilter, b: OrderFilter): boolean {
  return filterNames.every((name) => a[name] === b[name]);
}

function valueIn(name: FilterName, text: string | undefined): string | boolean | undefined {
  if (name !== "owned") return text;
  return text === "yes" ? true : text === "no" ? false : text;
}

function namesIn({ issues }: z.ZodError): Set<string> {
  return new Set(issues.map(({ path: [name] }) => String(name)));
}
