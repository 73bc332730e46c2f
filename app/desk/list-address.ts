import { type Id, isId } from "#server/core/id.ts";
import { startOfBusinessDay } from "#server/core/time.ts";
import { param, type Query } from "../ui/address.ts";

/** The instant at which a day of the address (`from=2026-11-01`) begins in Beijing; undefined when it is none. */
export function dayOf(query: Query, name: string): Date | undefined {
  const text = param(query, name) ?? "";
  const at = startOfBusinessDay(text);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** An instant of the address, in milliseconds. */
export function instantOf(query: Query, name: string): Date | undefined {
  const text = param(query, name) ?? "";
  return /^\d{1,15}$/.test(text) ? new Date(Number(text)) : undefined;
}

/** Where a page of a list begins, as the address has it (`<ms>_<id>`); undefined means at the top. */
export function cursorOf<K extends string>(query: Query): { readonly at: Date; readonly id: Id<K> } | undefined {
  const [at = "", id = ""] = (param(query, "after") ?? "").split("_");
  return /^\d{1,15}$/.test(at) && isId<K>(id) ? { at: new Date(Number(at)), id } : undefined;
}

/** The form of a cursor in the address; null at the end of the list. */
export function cursorText(after: { readonly at: Date; readonly id: string } | null): string | null {
  return after && `${after.at.getTime()}_${after.id}`;
}
