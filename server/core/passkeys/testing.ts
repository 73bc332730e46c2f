import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { NewPasskeyResponse, PasskeyResponse } from "./model.ts";

/** What may be wrong with an authenticator, for tests of refusal. */
export type Flaws = {
  readonly origin?: string;
  readonly userVerified?: boolean;
  readonly counter?: number;
  readonly signature?: Buffer;
};

type Options = { readonly challenge: string };

/** A passkey in software: ES256, no attestation, user present and verified, as a phone's platform authenticator answers. */
export function softwareAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const credentialId = randomBytes(32);
  const id = credentialId.toString("base64url");
  let used = 0;

  const clientData = (type: string, { challenge }: Options, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));

  function authenticatorData(flags: number, counter: number, attested = Buffer.alloc(0)): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.from([flags]), count, attested]);
  }

  return {
    credentialId: id,
    /** `navigator.credentials.create()`. */
    create(options: Options, flaws: Flaws = {}): NewPasskeyResponse {
      const coseKey = map([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]);
      const length = Buffer.from([credentialId.length >> 8, credentialId.length & 0xff]);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey.bytes]);
      const flags = 0x41 | (flaws.userVerified === false ? 0 : 0x04);
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: encode(clientData("webauthn.create", options, flaws.origin ?? origin)),
          attestationObject: encode(
            map([
              ["fmt", "none"],
              ["attStmt", map([])],
              ["authData", authenticatorData(flags, 0, attested)],
            ]).bytes,
          ),
          transports: ["internal"],
        },
      };
    },
    /** `navigator.credentials.get()`. */
    get(options: Options, flaws: Flaws = {}): PasskeyResponse {
      used += 1;
      const data = clientData("webauthn.get", options, flaws.origin ?? origin);
      const flags = 0x01 | (flaws.userVerified === false ? 0 : 0x04);
      const authData = authenticatorData(flags, flaws.counter ?? used);
      const signature = flaws.signature ?? sign("sha256", Buffer.concat([authData, sha256(data)]), privateKey);
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: encode(data),
          authenticatorData: encode(authData),
          signature: encode(signature),
        },
      };
    },
  };
}

function encode(bytes: Buffer): string {
  return bytes.toString("base64url");
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

class Encoded {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** CBOR (RFC 8949), as much of it as attestation objects need. */
function cbor(value: number | string | Buffer): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  const bytes = Buffer.from(value);
  return Buffer.concat([head(typeof value === "string" ? 3 : 2, bytes.length), bytes]);
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument]);
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 0xff]);
}

function map(entries: readonly (readonly [number | string, number | string | Buffer | Encoded])[]): Encoded {
  const parts = entries.flatMap(([key, value]) => [cbor(key), value instanceof Encoded ? value.bytes : cbor(value)]);
  return new Encoded(Buffer.concat([head(5, entries.length), ...parts]));
}
