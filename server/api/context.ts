import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { localeCookie, localeOf } from "#app/i18n/locales.ts";
import type { Db } from "#db/client.ts";
import { addressGroup } from "../core/address.ts";
import type { Context, MemberActor, StaffActor } from "../core/context.ts";
import { deviceLabel } from "../core/device.ts";
import type { House } from "../house.ts";
import { resolveMember } from "../members/service.ts";
import { resolveStaff } from "../staff/service.ts";
import { browserIdOf, cookieOf, sessionToken, setSessionCookie } from "./cookies.ts";
import type { Door, World } from "./door.ts";
import { ownOrigin } from "./request-guard.ts";
import type { RequestContext, Sessions } from "./trpc.ts";

/** The exchange that a context is made for. `response` is null where cookies cannot be set any more (pages). */
export type Exchange = {
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string | undefined;
  readonly requestId: string;
  readonly response: ServerResponse | null;
};

/** The context of one HTTP request: a visitor, until a procedure asks who is signed in to its world. */
export function requestContext(house: House, exchange: Exchange): RequestContext {
  const ctx = house.contextFor({ kind: "visitor" }, exchange.requestId);
  return { ...ctx, door: doorOf(house, exchange), sessions: sessionsOf(ctx, exchange.headers) };
}

/** Looks a session up when it is first asked for, and once a request. */
function sessionsOf({ db, now }: Context, headers: IncomingHttpHeaders): Sessions {
  const deps = { db, now };
  let staff: Promise<StaffActor | null> | undefined;
  let member: Promise<MemberActor | null> | undefined;
  const lookUp = <T>(world: World, resolve: (deps: { db: Db; now: Date }, token: string) => Promise<T | null>) => {
    const token = sessionToken(headers, world);
    return token === undefined ? Promise.resolve(null) : resolve(deps, token);
  };
  return {
    here: worldOf(headers),
    staff: () => (staff ??= lookUp("staff", resolveStaff)),
    member: () => (member ??= lookUp("member", resolveMember)),
  };
}

/** The world of the page that a request comes from: it decides who counts as signed in where anyone may ask. */
function worldOf(headers: IncomingHttpHeaders): World {
  const page = headers["x-evenhand-page"] ?? headers.referer ?? "";
  return /^(?:https?:\/\/[^/]+)?\/desk(?:[/?]|$)/.test(String(page)) ? "staff" : "member";
}

function doorOf(house: House, { headers, remoteAddress, response }: Exchange): Door {
  return {
    addressGroup: addressGroup(clientAddress(headers, remoteAddress, house.config.trustProxy)),
    browserId: browserIdOf(headers, response),
    device: deviceLabel(headers["user-agent"] ?? ""),
    origin: ownOrigin(headers.host, house.config),
    locale: localeOf(cookieOf(headers, localeCookie), headers["accept-language"]),
    setSession(world, token) {
      if (response === null) throw new Error("a page cannot set a session");
      setSessionCookie(response, world, token);
    },
  };
}

/** The client's address: the socket's, or the entry that the outermost trusted proxy wrote. */
export function clientAddress(headers: IncomingHttpHeaders, remote: string | undefined, trustProxy: number): string {
  if (trustProxy > 0) {
    const forwarded = String(headers["x-forwarded-for"] ?? "")
      .split(",")
      .map((entry) => entry.trim());
    const entry = forwarded.at(-trustProxy);
    if (entry) return entry;
  }
  return remote ?? "";
}
