import "server-only";
import type { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import type { Bridge } from "#server/api/bridge.ts";
import type { Caller } from "#server/api/root.ts";

/**
 * The procedures, as the person who asked for this page: the only way in for server components. A call that is
 * refused ends the page as it should: whoever is not signed in goes to the sign-in page of their world and comes back
 * afterwards, whoever may not see it gets the 403 page, what does not exist the 404 page.
 */
export const server = cache(async (): Promise<Caller> => {
  const head = await headers();
  return (await bridge()).caller(new Headers(head), ({ error }) => endPage(error, head.get("x-evenhand-page") ?? "/"));
});

/** The procedures for what a page shows only if it may: refusals are thrown to whoever asked. */
export const quietServer = cache(async (): Promise<Caller> => (await bridge()).caller(new Headers(await headers())));

/** The bridge to the process that serves this page; there is none while pages are built, so none is built ahead. */
export async function bridge(): Promise<Bridge> {
  await connection();
  const { evenhand } = globalThis;
  if (evenhand === undefined) throw new Error("pages are served by server/web.ts: npm start");
  return evenhand;
}

function endPage(error: TRPCError, page: string): void {
  if (error.code === "NOT_FOUND") notFound();
  const halfIn = error.message === "SECOND_FACTOR_REQUIRED";
  if (error.code === "FORBIDDEN" && !halfIn) forbidden();
  if (error.code !== "UNAUTHORIZED" && !halfIn) return;
  const asked = new URL(page, "http://page");
  // Next marks the requests of its router; the address that people come back to is without.
  asked.searchParams.delete("_rsc");
  const [home, door] = asked.pathname.startsWith("/desk") ? ["/desk", "/desk/sign-in"] : ["/", "/join"];
  const next = `${asked.pathname}${asked.search}`;
  redirect(next === home ? door : `${door}?next=${encodeURIComponent(next)}`);
}
