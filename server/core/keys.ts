import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { keyIdOf, openEnvelope, sealEnvelope, unwrapKey, wrapKey } from "./envelope.ts";
import { keyedHasher } from "./hmac.ts";
import { fileKeyStore, type KeyMaterial, type KeyStore } from "./key-store.ts";
import type { DataKey, HashUse, Keys } from "./seal.ts";

/**
 * Opens the keys kept in `dir`, making them on first start. Throws when they are incomplete or readable by others.
 * A key that is added later, by whatever process, is found when it is first met and used from then on.
 */
export async function openKeys({ dir }: { readonly dir: string }): Promise<Keys> {
  const store = fileKeyStore(dir);
  return keysFrom(await store.load(), store.encryptionKey);
}

/** Fixed keys for tests: the same in every run and process. Never for data of real people. */
export function testKeys(): Keys {
  return keysFrom({
    encryptionKeys: new Map([[1, createSecretKey(Buffer.alloc(32, 1))]]),
    hashRoot: createSecretKey(Buffer.alloc(32, 2)),
    logKey: createPrivateKey({
      key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 3)]),
      format: "der",
      type: "pkcs8",
    }),
  });
}

/** The envelope's key id for values sealed with a member's own key: the row names whose it is. */
const MEMBERS_OWN = 0;

/** Everything cryptographic that services may ask for, over one set of key material and the keys added to it later. */
export function keysFrom(
  { encryptionKeys, hashRoot, logKey }: KeyMaterial,
  addedSince: KeyStore["encryptionKey"] = () => null,
): Keys {
  const known = new Map(encryptionKeys);
  const find = (id: number): KeyObject | undefined => {
    const added = known.has(id) ? null : addedSince(id);
    if (added !== null) known.set(id, added);
    return known.get(id);
  };
  const encryptionKey = (id: number): KeyObject => {
    const key = find(id);
    if (key === undefined) throw new Error(`encryption key ${id} is not at hand`);
    return key;
  };
  let newest = Math.max(...encryptionKeys.keys());
  const newestId = (): number => {
    while (find(newest + 1) !== undefined) newest += 1;
    return newest;
  };
  const wrap = (bytes: Buffer): Buffer => wrapKey(encryptionKey(newestId()), newest, bytes);
  const unwrap = (wrapped: Buffer): Buffer => unwrapKey(encryptionKey(keyIdOf(wrapped)), wrapped);
  const systemKey = memo((id: number) => derive(encryptionKey(id), "evenhand/system-fields"));
  const hashKey = (use: HashUse): KeyObject => derive(hashRoot, `evenhand/keyed-hash/${use}`);
  const hasher = memo((use: HashUse) => keyedHasher(hashKey(use)));

  return {
    newDataKey() {
      const bytes = randomBytes(32);
      return { key: dataKey(bytes), wrapped: wrap(bytes) };
    },
    openDataKey: (wrapped) => dataKey(unwrap(wrapped)),
    rewrapDataKey: (wrapped) => (keyIdOf(wrapped) === newestId() ? null : wrap(unwrap(wrapped))),
    seal: (key, plain, place) => sealEnvelope(key, MEMBERS_OWN, plain, place),
    open: (key, sealed, place) => openEnvelope(key, sealed, place),
    sealForSystem: (plain, place) => sealEnvelope(systemKey(newestId()), newest, plain, place),
    openForSystem: (sealed, place) => openEnvelope(systemKey(keyIdOf(sealed)), sealed, place),
    keyedHash: (use, text) => hasher(use)(text),
    hashKey,
    commit: (key, text) => createHmac("sha256", derive(key, "evenhand/commitment")).update(text).digest(),
    sign: (message) => sign(null, message, logKey),
    publicKey: createPublicKey(logKey).export({ type: "spki", format: "der" }).subarray(-32),
  };
}

/** One purpose, one key (HKDF-SHA-256, RFC 5869): a hash made for one use says nothing in another. */
function derive(root: KeyObject, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", root, "", purpose, 32)));
}

function dataKey(bytes: Buffer): DataKey {
  const key = createSecretKey(bytes);
  if (!isDataKey(key)) throw new Error("a data key has 256 bits");
  return key;
}

function isDataKey(key: KeyObject): key is DataKey {
  return key.symmetricKeySize === 32;
}

function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}
