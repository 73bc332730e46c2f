import type { Site } from "#server/core/site.ts";
import { bridge } from "./trpc/server.ts";

/** What every page says about the house. */
export async function site(): Promise<Site> {
  return (await bridge()).site;
}
