import { randomBytes } from "node:crypto";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, eq, gt, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passkeyChallenges } from "#db/schema/core.ts";
import type { Context } from "../context.ts";
import { consume, type Limit, tooMany } from "../limits.ts";
import { hashToken } from "../token.ts";
import type { Visit } from "../visit.ts";
import type { NewPasskeyResponse, PasskeyResponse } from "./model.ts";

/** What a ceremony is for. A challenge of one purpose, or of one world, is nothing in another. */
export type Purpose = "member.join" | "member.signIn" | "member.add" | "staff.signIn" | "staff.stepUp" | "staff.add";

export type StoredPasskey = {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: string[];
};
export type NewPasskey = StoredPasskey & { readonly backedUp: boolean };

const CHALLENGE_MS = 5 * 60_000;
const STARTS_PER_ADDRESS: readonly Limit[] = [{ count: 120, windowMs: 10 * 60_000 }];
const RP_NAME = "Evenhand";
/** EdDSA, ES256, RS256 (COSE): what phones and security keys speak. */
const ALGORITHMS = [-8, -7, -257];

/**
 * Options for `navigator.credentials.create()`: a discoverable credential with user verification, no attestation.
 * `subjectId` comes back from `finishRegistration`. Refuses: TOO_MANY_ATTEMPTS.
 */
export async function startRegistration(
  ctx: Context,
  visit: Visit,
  about: {
    readonly purpose: Purpose;
    readonly subjectId: string;
    /** What the person's device lists the passkey under. */
    readonly name: string;
    readonly known: readonly string[];
  },
) {
  const challenge = await openChallenge(ctx, visit, about);
  return generateRegistrationOptions({
    rpName: RP_NAME,
    rpID: new URL(visit.origin).hostname,
    userID: new TextEncoder().encode(about.subjectId),
    userName: about.name,
    userDisplayName: about.name,
    challenge: new Uint8Array(challenge),
    timeout: CHALLENGE_MS,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: about.known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** Checks a new passkey against its challenge, which is used up either way; null when anything does not fit. */
export async function finishRegistration(
  ctx: Context,
  visit: Visit,
  purpose: Purpose,
  response: NewPasskeyResponse,
): Promise<{ readonly subjectId: string; readonly passkey: NewPasskey } | null> {
  const challenge = await closeChallenge(ctx, visit, purpose, response.response.clientDataJSON);
  if (challenge?.subjectId == null) return null;
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge.challenge,
    expectedOrigin: visit.origin,
    expectedRPID: new URL(visit.origin).hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (!checked?.verified) return null;
  const { credential, credentialBackedUp } = checked.registrationInfo;
  return {
    subjectId: challenge.subjectId,
    passkey: {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: response.response.transports ?? [],
      backedUp: credentialBackedUp,
    },
  };
}

/**
 * Options for `navigator.credentials.get()`: with no `known` credentials the person picks one on their device.
 * Refuses: TOO_MANY_ATTEMPTS.
 */
export async function startAuthentication(
  ctx: Context,
  visit: Visit,
  about: { readonly purpose: Purpose; readonly known?: readonly StoredPasskey[] },
) {
  const challenge = await openChallenge(ctx, visit, { purpose: about.purpose, subjectId: null });
  return generateAuthenticationOptions({
    rpID: new URL(visit.origin).hostname,
    challenge: new Uint8Array(challenge),
    timeout: CHALLENGE_MS,
    userVerification: "required",
    allowCredentials: about.known?.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
}

/**
 * Checks a signature against the stored passkey and its challenge, which is used up either way. Gives the signature
 * counter to store; null when anything does not fit.
 */
export async function finishAuthentication(
  ctx: Context,
  visit: Visit,
  purpose: Purpose,
  response: PasskeyResponse,
  stored: StoredPasskey | undefined,
): Promise<{ readonly counter: number } | null> {
  const challenge = await closeChallenge(ctx, visit, purpose, response.response.clientDataJSON);
  if (challenge === null || stored === undefined) return null;
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge.challenge,
    expectedOrigin: visit.origin,
    expectedRPID: new URL(visit.origin).hostname,
    credential: {
      id: stored.credentialId,
      publicKey: new Uint8Array(stored.publicKey),
      counter: stored.counter,
      transports: stored.transports,
    },
    requireUserVerification: true,
  }).catch(() => null);
  return checked?.verified ? { counter: checked.authenticationInfo.newCounter } : null;
}

/** Forgets challenges that nobody answered. */
export async function sweepChallenges(tx: Tx, ctx: Pick<Context, "now">): Promise<void> {
  await tx.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, ctx.now));
}

async function openChallenge(
  ctx: Context,
  visit: Visit,
  { purpose, subjectId }: { purpose: Purpose; subjectId: string | null },
): Promise<Buffer> {
  const challenge = randomBytes(32);
  const key = ctx.keys.keyedHash("address-limit", visit.addressGroup);
  const verdict = await ctx.db.transact(async (tx) => {
    const admitted = await consume(tx, ctx, { bucket: "passkey.start", key, limits: STARTS_PER_ADDRESS });
    if (!admitted.ok) return admitted;
    await tx.insert(passkeyChallenges).values({
      id: ctx.newId<"passkeyChallenge">(),
      purpose,
      challenge: challenge.toString("base64url"),
      browser: hashToken(visit.browserId),
      subjectId,
      expiresAt: new Date(ctx.now.getTime() + CHALLENGE_MS),
    });
    return admitted;
  });
  if (!verdict.ok) throw tooMany(verdict);
  return challenge;
}

/** Takes the challenge that the browser answered out of the database: there is no second answer to it. */
async function closeChallenge(ctx: Context, visit: Visit, purpose: Purpose, clientData: string) {
  const challenge = challengeOf(clientData);
  if (challenge === null) return null;
  return ctx.db.transact(async (tx) => {
    const [taken] = await tx
      .delete(passkeyChallenges)
      .where(
        and(
          eq(passkeyChallenges.challenge, challenge),
          eq(passkeyChallenges.purpose, purpose),
          eq(passkeyChallenges.browser, hashToken(visit.browserId)),
          gt(passkeyChallenges.expiresAt, ctx.now),
        ),
      )
      .returning({ challenge: passkeyChallenges.challenge, subjectId: passkeyChallenges.subjectId });
    return taken ?? null;
  });
}

function challengeOf(clientData: string): string | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(clientData, "base64url").toString("utf8"));
    const named = typeof parsed === "object" && parsed !== null && "challenge" in parsed ? parsed.challenge : null;
    return typeof named === "string" ? named : null;
  } catch {
    return null;
  }
}
