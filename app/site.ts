import { connection } from "next/server";
import type { Site } from "#server/core/site.ts";
import { bridge } from "./trpc/server.ts";

/** What every page says about the house; known only while a request is served, never while pages are built. */
export async function site(): Promise<Site> {
  await connection();
  return bridge().site;
}
