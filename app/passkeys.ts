"use client";
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";

type Creation = Parameters<typeof startRegistration>[0]["optionsJSON"];
type Request = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** What forms show when the person closed the device's own dialog, or it offered no passkey. */
class PasskeyCancelled extends Error {
  readonly data = { refusal: { code: "PASSKEY_CANCELLED", condition: {} } };
}

/** Asks the device for a new passkey. Fails with PASSKEY_CANCELLED. */
export async function createPasskey(optionsJSON: Creation) {
  return startRegistration({ optionsJSON }).catch(cancelled);
}

/** Asks the device to use a passkey. Fails with PASSKEY_CANCELLED. */
export async function pickPasskey(optionsJSON: Request) {
  return startAuthentication({ optionsJSON }).catch(cancelled);
}

function cancelled(): never {
  throw new PasskeyCancelled();
}
