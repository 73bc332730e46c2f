import { z } from "zod";

const encoded = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/);
const credential = {
  id: encoded(1400),
  rawId: encoded(1400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  /** Extensions are neither asked for nor read. */
  clientExtensionResults: z.unknown().transform(() => ({})),
};

/** What `navigator.credentials.create()` gives, as JSON (WebAuthn L3 RegistrationResponseJSON). */
export const NewPasskeyResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: encoded(4096),
    attestationObject: encoded(16_384),
    authenticatorData: encoded(8192).optional(),
    publicKey: encoded(4096).optional(),
    publicKeyAlgorithm: z.int().optional(),
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
});
export type NewPasskeyResponse = z.output<typeof NewPasskeyResponse>;

/** What `navigator.credentials.get()` gives, as JSON (WebAuthn L3 AuthenticationResponseJSON). */
export const PasskeyResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: encoded(4096),
    authenticatorData: encoded(4096),
    signature: encoded(4096),
    userHandle: encoded(256).optional(),
  }),
});
export type PasskeyResponse = z.output<typeof PasskeyResponse>;
