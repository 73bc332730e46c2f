import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { isLocale, localeCookie } from "#app/i18n/locales.ts";
import type { World } from "./door.ts";

/**
 * All our own cookies carry `__Host-`: a browser takes them only with Secure, without a Domain and for the whole path,
 * so that no other host or plain-HTTP page can plant one. Browsers count http://localhost as secure.
 */
export const sessionCookie = {
  staff: "__Host-evenhand-staff",
  member: "__Host-evenhand-member",
} as const satisfies Record<World, string>;
export const browserCookie = "__Host-evenhand-browser";

/** How long a browser keeps each cookie (seconds). The server decides for itself how long a session lasts. */
const KEEP = { staff: 12 * 3_600, member: 180 * 86_400, browser: 365 * 86_400 } as const;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The first value of a cookie of this name; undefined when it is not there. */
export function cookieOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  for (const part of (headers.cookie ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** The session token that a request bears for one world; anything not shaped like one counts as none. */
export function sessionToken(headers: IncomingHttpHeaders, world: World): string | undefined {
  const token = cookieOf(headers, sessionCookie[world]);
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

/** Sets or clears the session cookie of one world on an answer whose headers are not sent yet. */
export function setSessionCookie(response: ServerResponse, world: World, token: string | null): void {
  addCookie(response, sessionCookie[world], token ?? "", token === null ? 0 : KEEP[world]);
  if (token === null) response.setHeader("Clear-Site-Data", '"cache"');
}

/** The id of this browser, made and set on the answer when the request brings none. */
export function browserIdOf(headers: IncomingHttpHeaders, response: ServerResponse | null): string {
  const known = cookieOf(headers, browserCookie);
  if (known !== undefined && TOKEN.test(known)) return known;
  const fresh = randomBytes(32).toString("base64url");
  if (response !== null) addCookie(response, browserCookie, fresh, KEEP.browser);
  return fresh;
}

/**
 * Takes up the language that an address asks for (`?lang=en`): for this page, and in a cookie for the ones after it.
 * The cookie is one that pages also write themselves, so it is readable and unprefixed.
 */
export function takeUpLocale(request: IncomingMessage, response: ServerResponse): void {
  const locale = new URLSearchParams(request.url?.split("?")[1]).get("lang");
  if (!isLocale(locale)) return;
  const others = (request.headers.cookie ?? "")
    .split(/;\s*/)
    .filter((part) => part !== "" && !part.startsWith(`${localeCookie}=`));
  request.headers.cookie = [...others, `${localeCookie}=${locale}`].join("; ");
  response.appendHeader("Set-Cookie", `${localeCookie}=${locale}; Path=/; SameSite=Lax; Max-Age=${KEEP.browser}`);
}

function addCookie(response: ServerResponse, name: string, value: string, maxAge: number): void {
  const cookie = `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`;
  const before = [response.getHeader("Set-Cookie") ?? []].flat().map(String);
  response.setHeader("Set-Cookie", [...before.filter((other) => !other.startsWith(`${name}=`)), cookie]);
}
