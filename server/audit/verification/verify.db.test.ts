import { createPrivateKey, sign } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { engine } from "#db/engine.ts";
import { openRaw, type Raw } from "#db/raw.ts";
import { freshDatabase, testContext, urlOf } from "#db/testing.ts";
import type { Context } from "../../core/context.ts";
import { testKeys } from "../../core/keys.ts";
import { type CheckpointFiles, checkpointFiles } from "../checkpoints/checkpoint-files.ts";
import { checkpointText, logIdentity, readNote, signedNote } from "../checkpoints/rules.ts";
import { seal } from "../checkpoints/service.ts";
import { type AuditAction, actions, type ProblemKind } from "../model.ts";
import * as audit from "../service.ts";
import { sha256, tree } from "../tree/sha256.ts";
import { verify } from "./queries.ts";

/** The log of every test: twelve entries under four checkpoints, and one entry that waits. */
const SEALS = [3, 1, 5, 3];
const SIZE = 12;
/** A key of the right kind that is not the log's. */
const foreign = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 9)]),
  format: "der",
  type: "pkcs8",
});
const seqs = Array.from({ length: SIZE }, (_, seq) => seq);
const tables = ["audit_entries", "audit_leaves", "audit_nodes", "audit_checkpoints", "audit_pending"];

let db: Db;
let raw: Raw;
let ctx: Context;
let dir: string;
let files: CheckpointFiles;

const sqlText = (statement: string) => raw.run(statement);
const problems = async () => {
  const found = await verify(db, testKeys(), { outside: () => files.notes() });
  expect(found.ok).toBe(found.problems.length === 0);
  return found.problems;
};
const kinds = async () => new Set((await problems()).map(({ kind }) => kind));

/** Runs `tamper` on the whole log without the database's own guards, looks, and puts everything back. */
async function whenTampered(tamper: () => Promise<unknown>, look: () => Promise<void>): Promise<void> {
  try {
    await tamper();
    await look();
  } finally {
    for (const table of tables) {
      await sqlText(`DELETE FROM ${table}`);
      await sqlText(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
    }
  }
}

/** What an intruder who owns the database would do first. */
async function dropGuards(): Promise<void> {
  if (engine === "postgres") {
    for (const table of tables) await sqlText(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    return;
  }
  await sqlText("PRAGMA foreign_keys = OFF");
  const triggers = await sqlText("SELECT name FROM sqlite_master WHERE type = 'trigger'");
  for (const { name } of triggers) await sqlText(`DROP TRIGGER "${name}"`);
}

beforeAll(async () => {
  db = await freshDatabase();
  raw = await openRaw(urlOf(db));
  ctx = testContext(db);
  dir = await mkdtemp(join(tmpdir(), "evenhand-checkpoints-"));
  files = checkpointFiles(dir);
  const each = actions.values();
  for (const count of SEALS) {
    for (let n = 0; n < count; n += 1) await add(each.next().value);
    expect(await seal(ctx, files)).toBe(count);
  }
  await add(each.next().value);
});
afterAll(async () => {
  await raw.close();
  await rm(dir, { recursive: true });
});

async function add(action: AuditAction = "audit.verify"): Promise<void> {
  await db.transact((tx) =>
    audit.record(tx, ctx, { action, subject: { kind: "test", id: null }, detail: { text: "中文", n: 1 } }),
  );
}

test("an untouched log verifies, and the four append-only tables refuse every change", async () => {
  const found = await verify(db, testKeys(), { outside: () => files.notes() });
  expect(found).toMatchObject({
    ok: true,
    entries: 13,
    sealed: 12,
    unsealed: 1,
    size: 12,
    checkpoints: 4,
    problems: [],
  });
  for (const table of tables.filter((name) => name !== "audit_pending")) {
    if (table !== "audit_nodes") await expect(sqlText(`DELETE FROM ${table}`)).rejects.toThrow();
  }
  await expect(sqlText("UPDATE audit_leaves SET seq = seq + 100")).rejects.toThrow();
  await expect(sqlText("UPDATE audit_checkpoints SET size = size + 100")).rejects.toThrow();
});

test("sealing again without new entries changes nothing", async () => {
  const other = await freshDatabase();
  const own = testContext(other);
  const folder = join(dir, "idle");
  expect(await seal(own, checkpointFiles(folder))).toBe(0);
  expect(await verify(other, testKeys(), { outside: () => [] })).toMatchObject({ ok: true, size: 0, entries: 0 });
});

describe("behind the database's back", () => {
  beforeAll(async () => {
    await dropGuards();
    for (const table of tables) await sqlText(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  });
  // What was put back is whole again: else the next test would find what the last one did.
  afterEach(async () => expect(await problems()).toEqual([]));
  const detected = async (tamper: () => Promise<unknown>, ...expected: ProblemKind[]) =>
    whenTampered(tamper, async () => {
      expect([...(await kinds())]).toEqual(expect.arrayContaining(expected));
    });
  const entryAt = (seq: number) => `(SELECT entry_id FROM audit_leaves WHERE seq = ${seq})`;
  const entriesWere = `(SELECT * FROM kept_audit_entries)`;

  test.each(seqs)("any edit of entry %i is found, whichever its column", async (seq) => {
    const other = seq === 0 ? 1 : 0;
    const edits = [
      "at = at + 1",
      "actor_kind = 'staff'",
      "actor_id = 'somebody'",
      "role = 'owner'",
      "action = 'other.act'",
      "purpose = 'none'",
      "subject_kind = 'other'",
      "subject_id = 'other'",
      `member_id = ${entryAt(other)}`,
      "request_id = 'other'",
      "outcome = 'refused'",
      `detail = '{"n":2}'`,
      `detail = 'no json'`,
    ];
    for (const edit of edits) {
      await whenTampered(
        () => sqlText(`UPDATE audit_entries SET ${edit} WHERE id = ${entryAt(seq)}`),
        async () => expect(await problems()).toMatchObject([{ kind: "entryEdited", seq }]),
      );
    }
  });

  test.each(seqs)("the removal of entry %i is found", async (seq) => {
    await detected(() => sqlText(`DELETE FROM audit_entries WHERE id = ${entryAt(seq)}`), "entryRemoved");
    await detected(
      async () => {
        await sqlText(`DELETE FROM audit_entries WHERE id = ${entryAt(seq)}`);
        await sqlText(`DELETE FROM audit_leaves WHERE seq = ${seq}`);
      },
      "leafMissing",
      "rootMismatch",
    );
    await detected(async () => {
      await sqlText(`DELETE FROM audit_entries WHERE id = ${entryAt(seq)}`);
      await sqlText(`DELETE FROM audit_leaves WHERE seq = ${seq}`);
      for (let at = seq + 1; at < SIZE; at += 1)
        await sqlText(`UPDATE audit_leaves SET seq = ${at - 1} WHERE seq = ${at}`);
    }, "rootMismatch");
  });

  test.each(seqs)("a swap of entry %i with another is found", async (seq) => {
    const other = (seq + 5) % SIZE;
    await detected(async () => {
      const [a, b] = [entryAt(seq), entryAt(other)].map(
        (id) => `(SELECT action FROM ${entriesWere} AS was WHERE id = ${id})`,
      );
      await sqlText(`UPDATE audit_entries SET action = ${b} WHERE id = ${entryAt(seq)}`);
      await sqlText(`UPDATE audit_entries SET action = ${a} WHERE id = ${entryAt(other)}`);
    }, "entryEdited");
    await detected(async () => {
      await sqlText(`UPDATE audit_leaves SET seq = -1 WHERE seq = ${seq}`);
      await sqlText(`UPDATE audit_leaves SET seq = ${seq} WHERE seq = ${other}`);
      await sqlText(`UPDATE audit_leaves SET seq = ${other} WHERE seq = -1`);
    }, "rootMismatch");
  });

  test.each(seqs)("an entry inserted after %i is found, with and without a leaf", async (seq) => {
    const foreign = ctx.newId<"auditEntry">();
    const insert = () =>
      sqlText(
        `INSERT INTO audit_entries (id, at, actor_kind, action, subject_kind, request_id, outcome, detail) VALUES ('${foreign}', 1, 'system', 'x', 'x', 'x', 'done', '{}')`,
      );
    await detected(insert, "entryInserted");
    await detected(
      async () => {
        await insert();
        for (let at = SIZE - 1; at > seq; at -= 1)
          await sqlText(`UPDATE audit_leaves SET seq = ${at + 1} WHERE seq = ${at}`);
        await sqlText(
          `INSERT INTO audit_leaves (seq, entry_id, hash) SELECT ${seq + 1}, '${foreign}', hash FROM audit_leaves WHERE seq = 0`,
        );
      },
      "leafInserted",
      ...(seq < SIZE - 1 ? (["entryEdited"] as const) : []),
    );
  });

  test.each(seqs)("a log truncated or rolled back to %i entries is found by the file outside", async (size) => {
    await detected(async () => {
      await sqlText(`DELETE FROM audit_entries WHERE id IN (SELECT entry_id FROM audit_leaves WHERE seq >= ${size})`);
      await sqlText(`DELETE FROM audit_leaves WHERE seq >= ${size}`);
      await sqlText(`DELETE FROM audit_checkpoints WHERE size > ${size}`);
    }, "rolledBack");
  });

  test.each(seqs)("a leaf hash edited together with its entry %i does not give the signed root", async (seq) => {
    const forged = Buffer.from(tree.leafHash(Buffer.from(`forged ${seq}`)));
    await detected(
      () => sqlText(`UPDATE audit_leaves SET hash = ${literal(forged)} WHERE seq = ${seq}`),
      "entryEdited",
      "rootMismatch",
    );
  });

  test.each([3, 4, 9, 12])(
    "checkpoint %i edited, removed, unsigned, foreign-signed or forked is found",
    async (size) => {
      const at = `WHERE size = ${size}`;
      const text = (found: unknown) => (typeof found === "string" ? found : "");
      const [row] = await sqlText(`SELECT note FROM audit_checkpoints ${at}`);
      const note = text(row?.note);
      const checkpoint = readNote(note);
      if (checkpoint === null) throw new Error("no note");
      const rewrite = (changed: string) => sqlText(`UPDATE audit_checkpoints SET note = '${changed}' ${at}`);

      await detected(() => sqlText(`DELETE FROM audit_checkpoints ${at}`), "rolledBack");
      await detected(() => rewrite(note.replace("— ", "- ")), "checkpointEdited");
      await detected(() => sqlText(`UPDATE audit_checkpoints SET at = at + 1 ${at}`), "checkpointEdited");
      await detected(
        () => sqlText(`UPDATE audit_checkpoints SET root = ${literal(Buffer.alloc(32))} ${at}`),
        "checkpointEdited",
        "rootMismatch",
      );
      await detected(
        () => sqlText(`UPDATE audit_checkpoints SET previous = ${literal(Buffer.alloc(32))} ${at}`),
        "chainBroken",
      );
      await detected(
        () => sqlText(`UPDATE audit_checkpoints SET edge = ${literal(Buffer.alloc(32))} ${at}`),
        "nodeMismatch",
      );

      const log = logIdentity(testKeys().publicKey, sha256);
      await detected(
        () => rewrite(signedNote(checkpoint.text, log, sign(null, Buffer.from(checkpoint.text), foreign))),
        "signatureWrong",
      );

      const fork = checkpointText({ ...checkpoint, root: Buffer.alloc(32, 7) });
      const forked = signedNote(fork, log, testKeys().sign(Buffer.from(fork)));
      expect((await verify(db, testKeys(), { outside: () => [forked] })).problems).toMatchObject([
        { kind: "forked", seq: size },
      ]);
    },
  );

  test("a history that was rewritten whole, each checkpoint naming the last, lacks the signature", async () => {
    const log = logIdentity(testKeys().publicKey, sha256);
    const rows = await sqlText("SELECT size, note FROM audit_checkpoints ORDER BY size");
    const rewrite = async () => {
      let previous: Uint8Array | null = null;
      for (const { note } of rows) {
        const checkpoint = readNote(String(note));
        if (checkpoint === null) throw new Error("no note");
        const text = checkpointText({ ...checkpoint, previous });
        const forged = signedNote(text, log, sign(null, Buffer.from(text), foreign));
        const named = previous === null ? "NULL" : literal(Buffer.from(previous));
        await sqlText(
          `UPDATE audit_checkpoints SET note = '${forged}', previous = ${named} WHERE size = ${checkpoint.size}`,
        );
        previous = sha256(Buffer.from(forged));
      }
    };
    await whenTampered(rewrite, async () => {
      const alone = await verify(db, testKeys(), { outside: () => [] });
      expect(alone.problems).toMatchObject([{ kind: "signatureWrong", seq: SIZE }]);
      expect(await kinds()).toEqual(new Set(["signatureWrong", "forked"]));
    });
  });

  test("a key that did not sign the log verifies nothing of it", async () => {
    const found = await verify(db, { publicKey: Buffer.alloc(32, 5) }, { outside: () => [] });
    expect(new Set(found.problems.map(({ kind }) => kind))).toEqual(new Set(["signatureWrong"]));
  });

  test("a checkpoint file that was edited is found", async () => {
    const [day = ""] = await readdir(dir);
    const path = join(dir, day);
    const before = await readFile(path, "utf8");
    await writeFile(path, before.replace("\n9\n", "\n8\n"));
    expect(await kinds()).toEqual(new Set(["signatureWrong"]));
    await writeFile(path, `${before}something else\n`);
    expect(await kinds()).toEqual(new Set(["fileUnreadable"]));
    await writeFile(path, before);
    expect(await problems()).toEqual([]);
  });
});

function literal(bytes: Buffer): string {
  return engine === "postgres" ? `'\\x${bytes.toString("hex")}'` : `x'${bytes.toString("hex")}'`;
}
