import { Secret, TOTP } from "otpauth";

/** How long one code lasts (RFC 6238 §4.1). */
export const STEP_MS = 30_000;
const ISSUER = "Evenhand";

/** A new secret of 160 bits (RFC 4226 §4), base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads from the QR code. `label` is what it lists the account under. */
export function totpUri(secret: string, label: string): string {
  return new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret) }).toString();
}

/**
 * The time step (RFC 6238 §4.2) that a code belongs to at an instant, one step of drift allowed either way; null when it
 * belongs to none.
 */
export function totpStep(secret: string, code: string, at: Date): number | null {
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), timestamp: at.getTime(), window: 1 });
  return delta === null ? null : Math.floor(at.getTime() / STEP_MS) + delta;
}

/** The code of an instant, for the demo's sign-in page and for tests. */
export function totpCode(secret: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() });
}
