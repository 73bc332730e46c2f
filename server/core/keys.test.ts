import { createSecretKey, generateKeyPairSync } from "node:crypto";
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileKeyStore } from "./key-store.ts";
import { keysFrom, openKeys, testKeys } from "./keys.ts";

const keys = testKeys();
const place = { table: "members", column: "phone", row: "0192f0c1-0000-7000-8000-000000000001" };

describe("sealing", () => {
  test("what was sealed opens again, whatever the text and the place", () => {
    const { key } = keys.newDataKey();
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string(),
        fc.string(),
        fc.string(),
        (plain, table, column, row) => {
          const sealed = keys.seal(key, plain, { table, column, row });
          expect(keys.open(key, sealed, { table, column, row })).toBe(plain);
          expect(keys.openForSystem(keys.sealForSystem(plain, { table, column, row }), { table, column, row })).toBe(
            plain,
          );
        },
      ),
    );
  });

  test("a ciphertext moved to another table, column or row does not open", () => {
    const { key } = keys.newDataKey();
    const sealed = keys.seal(key, "synthetic", place);
    for (const elsewhere of [{ table: "orders" }, { column: "virtualNumber" }, { row: "another" }]) {
      expect(() => keys.open(key, sealed, { ...place, ...elsewhere })).toThrow();
    }
  });

  test("no single changed bit opens", () => {
    const { key } = keys.newDataKey();
    const sealed = keys.seal(key, "synthetic", place);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      // The key id of a member's own value is a label, always 0; it is not what protects it.
      if (bit >= 16 && bit < 48) continue;
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => keys.open(key, changed, place)).toThrow();
    }
  });

  test("another member's key does not open, nor does a truncated value", () => {
    const sealed = keys.seal(keys.newDataKey().key, "synthetic", place);
    expect(() => keys.open(keys.newDataKey().key, sealed, place)).toThrow();
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => keys.open(keys.newDataKey().key, sealed.subarray(0, length), place)).toThrow();
    }
  });

  test("the same text never gives the same bytes", () => {
    const { key } = keys.newDataKey();
    const made = Array.from({ length: 1_000 }, () => keys.seal(key, "synthetic", place).toString("hex"));
    expect(new Set(made).size).toBe(1_000);
  });
});

describe("data keys", () => {
  test("the wrapped form gives the key back; once it is destroyed the value is gone for good", () => {
    const { key, wrapped } = keys.newDataKey();
    const sealed = keys.seal(key, "synthetic", place);
    expect(keys.open(keys.openDataKey(wrapped), sealed, place)).toBe("synthetic");
    expect(() => keys.openDataKey(Buffer.alloc(wrapped.length))).toThrow();
    expect(() => keys.openDataKey(Buffer.alloc(0))).toThrow();
  });

  test("no changed bit of the wrapped form opens", () => {
    const { wrapped } = keys.newDataKey();
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = Buffer.from(wrapped);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => keys.openDataKey(changed)).toThrow();
    }
  });

  test("a new key-encryption key wraps from now on; what the old one wrapped still opens", () => {
    const one = createSecretKey(Buffer.alloc(32, 11));
    const two = createSecretKey(Buffer.alloc(32, 12));
    const rest = { hashRoot: createSecretKey(Buffer.alloc(32, 13)), logKey: generateKeyPairSync("ed25519").privateKey };
    const before = keysFrom({ encryptionKeys: new Map([[1, one]]), ...rest });
    const after = keysFrom({
      encryptionKeys: new Map([
        [1, one],
        [2, two],
      ]),
      ...rest,
    });
    const old = before.newDataKey();
    const sealed = before.seal(old.key, "synthetic", place);
    const system = before.sealForSystem("synthetic", place);
    expect(after.open(after.openDataKey(old.wrapped), sealed, place)).toBe("synthetic");
    expect(after.openForSystem(system, place)).toBe("synthetic");
    expect(() => before.openDataKey(after.newDataKey().wrapped)).toThrow("encryption key 2 is not at hand");
  });
});

describe("keyed hashes and commitments", () => {
  test("each use has a key of its own; the same use and text give the same 32 bytes", () => {
    const order = keys.keyedHash("order-key", "text");
    expect(order).toHaveLength(32);
    expect(keys.keyedHash("order-key", "text")).toEqual(order);
    expect(keys.keyedHash("phone-index", "text")).not.toEqual(order);
    expect(keys.keyedHash("order-key", "other")).not.toEqual(order);
  });

  test("a commitment depends on the member's key", () => {
    const one = keys.newDataKey();
    expect(keys.commit(one.key, "text")).toEqual(keys.commit(keys.openDataKey(one.wrapped), "text"));
    expect(keys.commit(one.key, "text")).not.toEqual(keys.commit(keys.newDataKey().key, "text"));
  });
});

describe("keys in files", () => {
  let root = "";
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "evenhand-keys-"));
  });
  afterAll(() => rm(root, { recursive: true }));

  test("are made once, for the owner only, and are the same for every process that starts", async () => {
    const dir = join(root, "fresh", "keys");
    const [one, two] = await Promise.all([openKeys({ dir }), openKeys({ dir })]);
    const three = await openKeys({ dir });
    expect(two.publicKey).toEqual(one.publicKey);
    expect(three.keyedHash("order-key", "text")).toEqual(one.keyedHash("order-key", "text"));
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(dir)) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(root, "fresh"))).toEqual(["keys"]);
  });

  test("are refused when others may read them", async () => {
    const dir = join(root, "shared");
    await openKeys({ dir });
    await chmod(join(dir, "hash-root.key"), 0o644);
    await expect(openKeys({ dir })).rejects.toThrow("may be read by others");
    await chmod(join(dir, "hash-root.key"), 0o600);
    await chmod(dir, 0o755);
    await expect(openKeys({ dir })).rejects.toThrow("may be read by others");
  });

  test.each(["encryption-1.key", "hash-root.key", "log.key"])("are refused when %s is missing", async (name) => {
    const dir = join(root, `without-${name}`);
    await openKeys({ dir });
    await rm(join(dir, name));
    await expect(openKeys({ dir })).rejects.toThrow(/missing|no encryption key/);
    expect(await readdir(dir)).not.toContain(name);
  });

  test("are refused when a file holds something else", async () => {
    const dir = join(root, "broken");
    await fileKeyStore(dir).load();
    await writeFile(join(dir, "hash-root.key"), "not a key");
    await expect(openKeys({ dir })).rejects.toThrow("not a 256-bit key");
  });
});
