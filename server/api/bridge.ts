import type { TRPCError } from "@trpc/server";
import type { Site } from "../core/site.ts";
import type { Caller } from "./root.ts";

/** How pages, which are bundled apart, reach the procedures of the process they are served from. */
export type Bridge = {
  /**
   * A caller for the page request that bears these headers (of the front door's own making). `onError` is
   * `createCaller`'s: a page turns refusals into a sign-in, a 403 or a 404 there.
   */
  caller(headers: Headers, onError?: (failed: { error: TRPCError }) => void): Caller;
  /** What every page says about the house, from the settings. */
  readonly site: Site;
};

declare global {
  var evenhand: Bridge | undefined;
}
