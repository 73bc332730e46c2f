/** Consents beside what the bare engine needs for the same rows in the same run: gateway reads, and a long ledger's fold. */
import { createSecretKey, randomBytes } from "node:crypto";
import Database from "better-sqlite3";
import { read } from "#server/consents/gateway/service.ts";
import { addChild } from "#server/consents/guardianship/service.ts";
import { ledgerOf } from "#server/consents/ledger/queries.ts";
import { foldEvents } from "#server/consents/ledger/rules.ts";
import * as ledger from "#server/consents/ledger/service.ts";
import type { ChildId } from "#server/consents/model.ts";
import { openEnvelope, sealEnvelope } from "#server/core/envelope.ts";
import type { MemberId } from "#server/core/id.ts";
import { openBrand, samples } from "./brand.ts";
import { type Figure, percentile, report } from "./figure.ts";

const FAMILIES = 500;
const READS = 8_000;
const AT_ONCE = 16;
const EVENTS = 1_000;

const { house, databaseUrl, as, joinMember, agree, close } = await openBrand();
report("consents", [...(await gatewayReads()), await fold()]);
await close();

/** Reads of two values each, sixteen at once, every one with its durable entry; bare: the same rows, one after the other. */
async function gatewayReads(): Promise<Figure[]> {
  const families: { memberId: MemberId; childId: ChildId }[] = [];
  for (let n = 0; n < FAMILIES; n += 1) {
    const memberId = await joinMember();
    const { childId } = await addChild(as(memberId), { relation: "parent", statement: true });
    await agree(memberId, childId);
    families.push({ memberId, childId });
  }
  const took: number[] = [];
  const begun = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < READS) {
        const subject = families[next++ % FAMILIES];
        if (subject === undefined) return;
        const start = performance.now();
        await read(house.contextFor({ kind: "system", name: "bench" }), {
          subject,
          purpose: "swim_preparation",
          fields: ["child.birthMonth", "child.weight"],
        });
        took.push(performance.now() - start);
      }
    }),
  );
  const rate = (READS * 1_000) / (performance.now() - begun);

  const bare = new Database(databaseUrl);
  bare.pragma("synchronous = FULL");
  const key = createSecretKey(randomBytes(32));
  const place = { table: "vault_values", column: "sealed", row: "bench" };
  const sealed = sealEnvelope(key, 0, '{"value":"7.25","measuredOn":"2026-06-10"}', place);
  const grantRow = bare.prepare("SELECT * FROM grants WHERE member_id = ? AND subject_id = ? AND purpose = ?");
  const values = bare.prepare("SELECT * FROM vault_values WHERE grant_id = ?");
  const entry = bare.prepare(
    `INSERT INTO audit_entries (id, at, actor_kind, action, subject_kind, request_id, outcome, detail)
     VALUES (?, 0, 'system', 'bench', 'bench', 'bench', 'done', '{}')`,
  );
  const bareTook: number[] = [];
  const bareBegun = performance.now();
  for (let n = 0; n < READS / 4; n += 1) {
    const subject = families[n % FAMILIES];
    const start = performance.now();
    bare.exec("BEGIN IMMEDIATE");
    const grant = grantRow.get(subject?.memberId, subject?.childId, "swim_preparation");
    values.all(Reflect.get(Object(grant), "id"));
    openEnvelope(key, sealed, place);
    openEnvelope(key, sealed, place);
    entry.run(house.newId());
    bare.exec("COMMIT");
    bareTook.push(performance.now() - start);
  }
  const bareRate = (READS / 4) * (1_000 / (performance.now() - bareBegun));
  bare.close();
  return [
    {
      name: `gateway reads, ${AT_ONCE} at once, each with its entry`,
      value: rate,
      unit: "/s",
      reference: { name: "bare rows, one commit a read", value: bareRate },
      goal: "≥ 100 % of the reference",
      met: rate >= bareRate,
    },
    {
      name: "gateway read, p95",
      value: percentile(took, 0.95),
      unit: "ms",
      reference: { name: "bare rows, one commit a read", value: percentile(bareTook, 0.95) },
      goal: "< 20 ms",
      met: percentile(took, 0.95) < 20,
    },
  ];
}

/** A ledger of a thousand events, read and folded; bare: the same rows selected. */
async function fold(): Promise<Figure> {
  const memberId = await joinMember();
  const { childId } = await addChild(as(memberId), { relation: "parent", statement: true });
  for (let n = 0; n < EVENTS / 2; n += 1) {
    await agree(memberId, childId);
    await ledger.withdraw(as(memberId), { purpose: "swim_preparation", childId }, "zh-CN");
  }
  const times = await samples(50, async () => foldEvents(await ledgerOf(house.db, memberId)));
  const bare = new Database(databaseUrl, { readonly: true });
  const rows = bare.prepare("SELECT * FROM consent_events WHERE member_id = ? ORDER BY seq");
  const bareTimes = await samples(50, async () => rows.all(memberId));
  bare.close();
  return {
    name: "grant fold of 1,000 events, p95",
    value: percentile(times, 0.95),
    unit: "ms",
    reference: { name: "bare select of the rows", value: percentile(bareTimes, 0.95) },
    goal: "< 50 ms",
    met: percentile(times, 0.95) < 50,
  };
}
