import type { ServerResponse } from "node:http";

/**
 * The content security policy of one answer. Scripts run by nonce alone; `style=` attributes are allowed because the
 * server renders them (chart marks), `<style>` elements are not. Development needs eval and injected styles.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const EVERY_ANSWER = {
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": permissionsPolicy("()"),
} as const;

/** Which powers of the browser a page has: passkeys, and where codes are scanned the camera. */
function permissionsPolicy(camera: "()" | "(self)"): string {
  return `camera=${camera}, geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)`;
}

/** The content security policy of answers that are no page. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The headers of a small answer of our own, ready to be spread into `writeHead`. */
export const dataHeaders = {
  ...EVERY_ANSWER,
  "Content-Security-Policy": DATA_POLICY,
  "Cache-Control": "private, no-store",
} as const;

/** Holds an answer that tRPC writes to the headers of our data, its own caching rules for event streams included. */
export function sealDataHeaders(response: ServerResponse): void {
  sealHeaders(response, () => dataHeaders);
}

/** The one page that may use the camera: store staff scan codes there. */
const SCANS = "/desk/redeem";

/**
 * Holds an answer that Next writes to our headers. Only fingerprinted files may be cached; pages and their data are
 * private.
 */
export function sealPageHeaders(
  response: ServerResponse,
  { path, policy, fingerprinted }: { readonly path: string; readonly policy: string; readonly fingerprinted: boolean },
): void {
  const always = {
    ...EVERY_ANSWER,
    ...(path === SCANS ? { "Permissions-Policy": permissionsPolicy("(self)") } : {}),
    "Content-Security-Policy": policy,
  };
  sealHeaders(response, () =>
    fingerprinted && response.statusCode === 200 ? always : { ...always, "Cache-Control": "private, no-store" },
  );
}

/** Puts headers in at the last moment, so that nothing that writes the answer overrides them. */
function sealHeaders(response: ServerResponse, headers: () => Readonly<Record<string, string>>): void {
  const writeHead = response.writeHead;
  response.writeHead = (status: number, ...rest: never[]) => {
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers())) response.setHeader(name, value);
    response.removeHeader("X-Powered-By");
    return Reflect.apply(writeHead, response, [status, ...rest]);
  };
}
