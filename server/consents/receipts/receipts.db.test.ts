import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engine } from "#db/engine.ts";
import { auditCheckpoints } from "#db/schema/audit.ts";
import { rawSql } from "#db/testing.ts";
import { checkpointFiles } from "../../audit/checkpoints/checkpoint-files.ts";
import { checkpointText, logIdentity, readNote, signedNote } from "../../audit/checkpoints/rules.ts";
import { seal } from "../../audit/checkpoints/service.ts";
import { sha256 } from "../../audit/tree/sha256.ts";
import { ledgerOf } from "../ledger/queries.ts";
import * as ledger from "../ledger/service.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "../testing.ts";
import { SignedReceipt } from "./model.ts";
import { certificates, receipt, signedBytes } from "./queries.ts";
import { verify } from "./service.ts";
import { verifyReceipt } from "./verification/queries.ts";

const SWIM = "swim_preparation";
const house = { operator: "示例母婴有限公司", privacyContact: "privacy@demo.example" };
const dir = mkdtempSync(join(tmpdir(), "evenhand-receipts-"));
afterAll(() => rmSync(dir, { recursive: true }));

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});
const sealed = () => seal(brand.at(NOW), checkpointFiles(dir));
const resultsOf = async (signed: unknown) =>
  Object.fromEntries(
    (await verifyReceipt(brand.at(NOW), JSON.stringify(signed))).map(({ check, result }) => [check, result]),
  );
const allHold = {
  readable: "holds",
  complete: "holds",
  signature: "holds",
  event: "holds",
  notice: "holds",
  log: "holds",
  chain: "holds",
};

async function granted(): Promise<{ signed: SignedReceipt; memberId: Parameters<ConsentBrand["as"]>[0] }> {
  const { memberId, childId } = await brand.family();
  await brand.agree(memberId, SWIM, childId);
  const [event] = await ledgerOf(brand.db, memberId);
  if (event === undefined) throw new Error("nothing was granted");
  await sealed();
  return { signed: await receipt(brand.as(memberId), event.id, house), memberId };
}

describe("a receipt", () => {
  test("tells what was agreed to in which words, holds no value, and holds against the sealed log", async () => {
    const { signed } = await granted();
    expect(signed.document).toMatchObject({
      purpose: { code: SWIM, consentKind: "guardian", disposal: "erase" },
      subject: { kind: "child", guardian: { relation: "parent", method: "selfDeclared" } },
      notice: { key: `enhanced:${SWIM}`, version: 1 },
      screen: { words: { refuse: "暂不提供" } },
    });
    expect(signed.document.fields.map(({ key, covered }) => [key, covered])).toEqual([
      ["child.birthMonth", true],
      ["child.weight", true],
      ["child.sex", false],
    ]);
    for (const value of ["7.25", "2026-02"]) expect(JSON.stringify(signed.document.fields)).not.toContain(value);
    expect(await resultsOf(signed)).toEqual(allHold);
  });

  test("waits for the seal, and says so", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const [event] = await ledgerOf(brand.db, memberId);
    if (event === undefined) throw new Error("nothing was granted");
    const early = await receipt(brand.as(memberId), event.id, house);
    expect(await resultsOf(early)).toEqual({ ...allHold, log: "waiting", chain: "waiting" });
  });

  test("that was altered anywhere fails, and where is named", async () => {
    const { signed } = await granted();
    const { signed: other } = await granted();
    const { document } = signed;
    expect(
      await resultsOf({ ...signed, document: { ...document, handler: { ...document.handler, name: "别人" } } }),
    ).toEqual({
      ...allHold,
      signature: "fails",
    });
    const event = { ...document.event, action: "withdraw" };
    expect(await resultsOf({ ...signed, document: { ...document, event } })).toMatchObject({
      event: "fails",
      signature: "fails",
    });
    const notice = { ...document.notice, sha256: "0".repeat(64) };
    expect(await resultsOf({ ...signed, document: { ...document, notice } })).toMatchObject({ notice: "fails" });
    expect(await resultsOf({ ...signed, document: { ...document, log: other.document.log } })).toMatchObject({
      log: "fails",
    });
    expect(await resultsOf({ ...signed, signature: other.signature })).toMatchObject({ signature: "fails" });
    const { purpose: _, ...incomplete } = document;
    expect(await resultsOf({ ...signed, document: incomplete })).toEqual({ readable: "holds", complete: "fails" });
    const depths = "[".repeat(80_000) + "]".repeat(80_000);
    const bottomless = JSON.stringify({ ...signed, document: { ...document, event: "?" } }).replace(
      '"?"',
      `{"a":${depths}}`,
    );
    expect((await verifyReceipt(brand.at(NOW), bottomless)).at(-1)).toEqual({ check: "complete", result: "fails" });
    expect(await verifyReceipt(brand.at(NOW), "no receipt")).toEqual([{ check: "readable", result: "fails" }]);
  });

  test("whose checkpoint this house's key signed, and which the log never made, is not from this log", async () => {
    const { signed } = await granted();
    const { document } = signed;
    if (document.log === null) throw new Error("it is sealed");
    const { keys } = brand.at(NOW);
    const log = logIdentity(keys.publicKey, sha256);
    const real = readNote(document.log.checkpoint);
    if (real === null) throw new Error("the checkpoint reads");
    const resigned = (at: Date) => {
      const text = checkpointText({ ...real, at });
      const checkpoint = signedNote(text, log, keys.sign(Buffer.from(text)));
      const forged = { ...document, log: { ...document.log, checkpoint } };
      const value = keys.sign(signedBytes(SignedReceipt.parse({ ...signed, document: forged }).document));
      return { document: forged, signature: { ...signed.signature, value: value.toString("base64") } };
    };
    expect(await resultsOf(resigned(real.at))).toEqual(allHold);
    expect(await resultsOf(resigned(new Date(real.at.getTime() + 1)))).toEqual({ ...allHold, chain: "foreign" });
  });

  test("holds after the log has grown", async () => {
    const { signed } = await granted();
    await granted();
    expect(await resultsOf(signed)).toEqual(allHold);
  });

  test("is given to its member alone", async () => {
    const { signed } = await granted();
    const stranger = await brand.join();
    const stolen = receipt(brand.as(stranger), signed.document.receiptId, house);
    await expect(stolen).rejects.toMatchObject({ code: "RECEIPT_NOT_FOUND" });
  });

  test("is checked for anybody, but not without end", async () => {
    const { signed } = await granted();
    const text = JSON.stringify(signed);
    for (let n = 0; n < 20; n += 1) await verify(brand.at(NOW), { text }, "203.0.113.9");
    await expect(verify(brand.at(NOW), { text }, "203.0.113.9")).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  });
});

test("what a withdrawal erased is certified: which fields, that none is left, signed", async () => {
  const { memberId, childId } = await brand.family();
  await brand.agree(memberId, SWIM, childId);
  await ledger.withdraw(brand.as(memberId), { purpose: SWIM, childId }, "zh-CN");
  await sealed();
  const withdrawal = (await ledgerOf(brand.db, memberId)).at(-1);
  if (withdrawal === undefined) throw new Error("nothing was withdrawn");
  const [certificate] = await certificates(brand.as(memberId), withdrawal.id, house);
  expect(certificate?.document).toMatchObject({
    erased: 2,
    remaining: 0,
    fields: ["child.birthMonth", "child.weight"],
  });
  const { notice: _, ...ofCertificate } = allHold;
  expect(await resultsOf(certificate)).toEqual(ofCertificate);
  const more = { ...certificate, document: { ...certificate?.document, erased: 3 } };
  expect(await resultsOf(more)).toEqual({ ...ofCertificate, signature: "fails" });
  expect(await resultsOf(await receipt(brand.as(memberId), withdrawal.id, house))).toEqual(allHold);
  const stranger = await brand.join();
  expect(await certificates(brand.as(stranger), withdrawal.id, house)).toEqual([]);
});

test("where the log was signed anew over something else, a receipt from before says that it does not go on", async () => {
  const { signed } = await granted();
  await granted();
  const trigger = "audit_checkpoints_no_update";
  const unguarded =
    engine === "postgres" ? "ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL" : `DROP TRIGGER ${trigger}`;
  await rawSql(brand.db, unguarded);
  await brand.db.transact(async (tx) => {
    const [newest] = await tx.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.size)).limit(1);
    if (newest === undefined) throw new Error("the log is sealed");
    await tx
      .update(auditCheckpoints)
      .set({ root: Buffer.alloc(32, 7) })
      .where(eq(auditCheckpoints.size, newest.size));
  });
  expect(await resultsOf(signed)).toEqual({ ...allHold, chain: "fails" });
});
