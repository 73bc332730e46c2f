import { notFound } from "next/navigation";
import { server } from "#app/trpc/server.ts";
import { isId } from "#server/core/id.ts";
import type { OwnBenefit } from "../benefits.ts";

/** The benefit that an address names; ends in a 404 where there is none. */
export async function benefitAt(id: string): Promise<OwnBenefit> {
  if (!isId<"benefit">(id)) notFound();
  const api = await server();
  return api.benefits.one({ benefitId: id });
}

/** The minute of the day, in Beijing, of a moment that was spelt as yyyy-MM-dd HH:mm. */
export const minuteOf = (dateTime: string) => dateTime.slice(11);
