import { createPrivateKey, createSecretKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** The long-lived secrets of a deployment. They never enter the database or its backups. */
export type KeyMaterial = {
  /** Key-encryption keys by id. The highest id wraps new data keys; older ones only unwrap. */
  readonly encryptionKeys: ReadonlyMap<number, KeyObject>;
  /** The root from which the key of each keyed hash is derived. */
  readonly hashRoot: KeyObject;
  /** The Ed25519 private key that signs audit checkpoints. */
  readonly logKey: KeyObject;
};

/** Where key material comes from: files, or a key-management service. */
export type KeyStore = {
  load(): Promise<KeyMaterial>;
  /** A key-encryption key that was made since; null when there is none of this id. Answers at once: a look at one file. */
  encryptionKey(id: number): KeyObject | null;
  /** Makes the next key-encryption key, durable before this answers, and gives its id. Older keys stay. */
  rotate(): Promise<number>;
};

const HASH_ROOT = "hash-root.key";
const LOG_KEY = "log.key";
const ENCRYPTION_KEY = /^encryption-(\d+)\.key$/;

/**
 * Keys as files of `dir` (directory 0700, files 0600), made on first start, when `dir` is absent or empty.
 * Refuses files that others may read and a directory from which a file is missing: a lost key is never replaced
 * in silence, since everything sealed under it would be lost with it.
 */
export function fileKeyStore(dir: string): KeyStore {
  return {
    async load() {
      const names = await list(dir);
      if (names.length === 0) await create(dir);
      return read(dir);
    },
    encryptionKey(id) {
      const name = encryptionKeyName(id);
      const path = join(dir, name);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) return null;
      demandPrivate(path, found.mode);
      return secretKey(readFileSync(path, "utf8"), name);
    },
    async rotate() {
      const { encryptionKeys } = await read(dir);
      const id = Math.max(...encryptionKeys.keys()) + 1;
      await addKey(dir, encryptionKeyName(id));
      return id;
    },
  };
}

/** Writes the key beside its place and links it there: nobody reads half a key, and no key is ever written over. */
async function addKey(dir: string, name: string): Promise<void> {
  const draft = join(dir, `.${name}-${randomBytes(6).toString("hex")}`);
  try {
    await writeKey(draft, secretText(), await stat(dir));
    await link(draft, join(dir, name));
  } finally {
    await rm(draft, { force: true });
  }
  const folder = await open(dir, "r");
  await folder.sync().finally(() => folder.close());
}

/** Writes all files into a directory beside `dir` and renames it, so that a crash leaves no half-made key set. */
async function create(dir: string): Promise<void> {
  await mkdir(dirname(dir), { recursive: true });
  const draft = join(dirname(dir), `.${basename(dir)}-${randomBytes(6).toString("hex")}`);
  await mkdir(draft, { mode: 0o700 });
  await writeKey(join(draft, encryptionKeyName(1)), secretText());
  await writeKey(join(draft, HASH_ROOT), secretText());
  const { privateKey } = generateKeyPairSync("ed25519");
  await writeKey(join(draft, LOG_KEY), privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  try {
    await rename(draft, dir);
  } catch (reason) {
    await rm(draft, { recursive: true });
    // Another process that started at the same moment was first: its keys are the keys.
    if ((await list(dir)).length === 0) throw reason;
  }
}

async function read(dir: string): Promise<KeyMaterial> {
  await refuseIfShared(dir);
  const encryptionKeys = new Map<number, KeyObject>();
  for (const name of await list(dir)) {
    const id = ENCRYPTION_KEY.exec(name)?.[1];
    if (id !== undefined) encryptionKeys.set(Number(id), secretKey(await readKey(join(dir, name)), name));
  }
  if (encryptionKeys.size === 0)
    throw new Error(`${dir} holds no encryption key: restore encryption-*.key from its backup`);
  return {
    encryptionKeys,
    hashRoot: secretKey(await readKey(join(dir, HASH_ROOT)), HASH_ROOT),
    logKey: createPrivateKey(await readKey(join(dir, LOG_KEY))),
  };
}

/** `owner`: whoever the other keys belong to, so that a command run as root leaves a key that the service can read. */
async function writeKey(path: string, text: string, owner?: { readonly uid: number; readonly gid: number }) {
  const file = await open(path, "wx", 0o600);
  try {
    if (owner !== undefined && owner.uid !== process.getuid?.()) await file.chown(owner.uid, owner.gid);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readKey(path: string): Promise<string> {
  await refuseIfShared(path);
  return readFile(path, "utf8");
}

async function refuseIfShared(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Error(`${path} is missing: restore it from the backup of the keys`);
  demandPrivate(path, found.mode);
}

function demandPrivate(path: string, mode: number): void {
  if ((mode & 0o077) !== 0) throw new Error(`${path} may be read by others: chmod go-rwx it`);
}

function encryptionKeyName(id: number): string {
  return `encryption-${id}.key`;
}

async function list(dir: string): Promise<string[]> {
  return readdir(dir).catch((reason: NodeJS.ErrnoException) => {
    if (reason.code === "ENOENT") return [];
    throw reason;
  });
}

function secretText(): string {
  return `${randomBytes(32).toString("hex")}\n`;
}

function secretKey(text: string, name: string): KeyObject {
  if (!/^[0-9a-f]{64}\n?$/.test(text)) throw new Error(`${name} is not a 256-bit key in hex`);
  return createSecretKey(Buffer.from(text.trim(), "hex"));
}
