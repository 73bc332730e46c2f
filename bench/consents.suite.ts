/**
 * Consents and benefits, each beside what the bare engine needs for the same rows in the same run: reads through the
 * gateway, fifty contenders for ten codes, the fold of a long ledger, and the retention sweep.
 */
import { createSecretKey, randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { migrate } from "#db/migrate.ts";
import { consentEvents, grants, servedEvents, servedScreens, vaultValues } from "#db/schema/consents.ts";
import { children, guardianRelations } from "#db/schema/guardianship.ts";
import { memberKeys, members } from "#db/schema/members.ts";
import { noticeVersions } from "#db/schema/notices.ts";
import { publishBenefit } from "#server/benefits/demo.ts";
import { giftTerms } from "#server/benefits/demo-terms.ts";
import * as entitlements from "#server/benefits/entitlements/service.ts";
import * as codes from "#server/benefits/redemption/codes/service.ts";
import * as redemption from "#server/benefits/redemption/service.ts";
import * as stores from "#server/benefits/stores/service.ts";
import { loadConfig } from "#server/config.ts";
import { seedDemoActivities } from "#server/consents/demo.ts";
import { read } from "#server/consents/gateway/service.ts";
import { placeOf } from "#server/consents/gateway/vault/service.ts";
import { addChild } from "#server/consents/guardianship/service.ts";
import { ledgerOf } from "#server/consents/ledger/queries.ts";
import { foldEvents } from "#server/consents/ledger/rules.ts";
import * as ledger from "#server/consents/ledger/service.ts";
import type { ChildId } from "#server/consents/model.ts";
import { seedDemoNotices } from "#server/consents/notices/demo.ts";
import { sweep } from "#server/consents/retention/service.ts";
import type { Context, MemberActor, StaffActor } from "#server/core/context.ts";
import { openEnvelope, sealEnvelope } from "#server/core/envelope.ts";
import type { MemberId } from "#server/core/id.ts";
import { addDays, businessDay } from "#server/core/time.ts";
import { openHouse } from "#server/house.ts";
import { create } from "#server/members/service.ts";
import { seedDemoStaff } from "#server/staff/demo/service.ts";
import type { Role } from "#server/staff/model.ts";
import { rolePermissions } from "#server/staff/rules.ts";
import { seedDemoLadder } from "#server/tiers/demo.ts";
import { type Figure, percentile, report } from "./figure.ts";

/** Values that the sweep meets; the figure that is quoted is at a million. */
const VALUES = Number(process.env.BENCH_VALUES ?? 200_000);
const FAMILIES = 500;
const READS = 8_000;
const AT_ONCE = 16;
const EVENTS = 1_000;
const ROUNDS = 20;

const folder = mkdtempSync(join(tmpdir(), "evenhand-bench-"));
const config = loadConfig({ DATA_DIR: folder });
await migrate(config.databaseUrl);
const house = await openHouse(config);
const system = house.contextFor({ kind: "system", name: "bench" });
const staffIds = await seedDemoStaff(system);
const opening = addDays(system.now, -60);

const operator = staffContext("operator@demo.example", "operator");
const colleague = staffContext("operator2@demo.example", "operator");
const officer = staffContext("privacy@demo.example", "privacyOfficer");
const clerk = staffContext("store@demo.example", "storeStaff");
await seedDemoLadder(at(operator, opening), at(colleague, opening));
await seedDemoActivities(at(operator, opening), at(officer, opening));
await seedDemoNotices(at(operator, opening), at(colleague, opening), at(officer, opening));

const figures: Figure[] = [];
figures.push(...(await gatewayReads()));
figures.push(...(await contention()));
figures.push(await fold());
figures.push(await retention());
report("consents", figures);
await house.close();
rmSync(folder, { recursive: true });

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

  const bare = new Database(config.databaseUrl);
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

/** Fifty devices confirm ten codes at the same moment, round after round: ten wins a round, never more. */
async function contention(): Promise<Figure[]> {
  const { storeId } = await stores.save(operator, {
    storeId: null,
    name: { "zh-CN": "测速门店", en: "Bench store" },
    address: { "zh-CN": "测试路 1 号", en: "1 Test Road" },
    open: true,
  });
  await stores.assign(operator, { storeId, staffId: clerk.actor.id, works: true });
  const benefitId = await publishBenefit(operator, officer, giftTerms(opening));
  const holders = await Promise.all(Array.from({ length: 10 }, () => joinMember()));
  for (const memberId of holders) {
    await entitlements.give(operator, {
      memberId,
      benefitId,
      uses: 20,
      reason: "测速",
      endsAt: addDays(system.now, 30),
    });
  }
  const took: number[] = [];
  let wins = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const shown: codes.ShownCode[] = [];
    for (const memberId of holders) {
      shown.push(await codes.show(as(memberId), { benefitId, bookingId: null, childId: null, reissue: false }));
    }
    const now = house.contextFor(clerk.actor);
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const code = shown[n % shown.length];
        if (code === undefined) return;
        const start = performance.now();
        const won = await redemption.confirm(now, { codeId: code.codeId, storeId }).then(
          () => 1,
          () => 0,
        );
        wins += won;
        took.push(performance.now() - start);
      }),
    );
  }
  if (wins !== ROUNDS * 10) throw new Error(`${wins} codes were used, not ${ROUNDS * 10}`);

  const bare = new Database(config.databaseUrl);
  bare.pragma("synchronous = FULL");
  const use = bare.prepare("UPDATE redemption_codes SET state = 'used' WHERE id = ? AND state = 'open'");
  const bareTook: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (let n = 0; n < 50; n += 1) {
      bare.exec("BEGIN IMMEDIATE");
      use.run(house.newId());
      bare.exec("COMMIT");
      bareTook.push(performance.now() - start);
    }
  }
  bare.close();
  const p95 = percentile(took, 0.95);
  return [
    {
      name: "redeem, 50 contenders for 10 codes, p95",
      value: p95,
      unit: "ms",
      reference: { name: "bare conditional update, 50 in a row, p95", value: percentile(bareTook, 0.95) },
      goal: "< 150 ms",
      met: p95 < 150,
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
  const bare = new Database(config.databaseUrl, { readonly: true });
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

/** Everything is overdue: each consent ends with its event, entries, disposal and tombstone; bare: the same writes. */
async function retention(): Promise<Figure> {
  await house.db.transact((tx) => tx.delete(vaultValues));
  await fillOverdue();
  const copy = join(folder, "bare.db");
  const checkpoint = new Database(config.databaseUrl);
  checkpoint.pragma("wal_checkpoint(TRUNCATE)");
  checkpoint.close();
  copyFileSync(config.databaseUrl, copy);

  const begun = performance.now();
  const swept = await sweep(house.contextFor({ kind: "system", name: "consents.sweep" }), {
    hold: async () => undefined,
    signal: new AbortController().signal,
  });
  const rate = (VALUES * 1_000) / (performance.now() - begun);
  const left = await house.db.$count(vaultValues);
  if (left > 0 || swept.overdue < VALUES / 2) throw new Error(`the sweep left ${left} values`);
  const bareRate = bareSweep(copy);
  return {
    name: `retention sweep of ${VALUES.toLocaleString("en")} values, each ending on the record`,
    value: rate,
    unit: "values/s",
    reference: { name: "bare writes of the same rows", value: bareRate },
    goal: "≥ 25 % of the reference",
    met: rate >= bareRate * 0.25,
  };
}

/** Deletes, ends, and inserts what the sweep does, by prepared statements in transactions as long, on a copy. */
function bareSweep(path: string): number {
  const db = new Database(path);
  db.pragma("synchronous = FULL");
  const due = db.prepare("SELECT grant_id FROM vault_values WHERE expires_at <= ? ORDER BY expires_at LIMIT 100");
  const gone = db.prepare("DELETE FROM vault_values WHERE grant_id = ?");
  const ended = db.prepare("UPDATE grants SET state = 'expired', holds_values = 0 WHERE id = ?");
  const event = db.prepare(
    `INSERT INTO consent_events SELECT ?, member_id, seq + 1000000, child_id, relation_id, purpose, purpose_version,
     'expire', 'retentionOver', served_id, notice_version_id, notice_hash, fields, channel, locale, at, hash, hash,
     audit_entry_id FROM consent_events WHERE id = (SELECT decision_id FROM grants WHERE id = ?)`,
  );
  const entry = db.prepare(
    `INSERT INTO audit_entries (id, at, actor_kind, action, subject_kind, request_id, outcome, detail)
     VALUES (?, 0, 'system', 'bench', 'bench', 'bench', 'done', '{}')`,
  );
  const begun = performance.now();
  let values = 0;
  while (values < Math.min(VALUES, 40_000)) {
    db.exec("BEGIN IMMEDIATE");
    const grantIds = new Set(due.pluck().all(Date.now()).map(String));
    for (const id of grantIds) {
      values += gone.run(id).changes;
      ended.run(id);
      event.run(house.newId(), id);
      entry.run(house.newId());
      entry.run(house.newId());
    }
    db.exec("COMMIT");
    if (grantIds.size === 0) break;
  }
  const rate = (values * 1_000) / (performance.now() - begun);
  db.close();
  return rate;
}

/** Members with ten children each and two overdue values a child, written in bulk as the services would have. */
async function fillOverdue(): Promise<void> {
  const [notice] = await house.db
    .select()
    .from(noticeVersions)
    .where(eq(noticeVersions.key, "enhanced:swim_preparation"));
  const [screen] = await house.db.select().from(servedScreens).limit(1);
  if (notice === undefined || screen === undefined) throw new Error("the notice is not public");
  const past = addDays(system.now, -40);
  const childrenEach = 10;
  for (let made = 0; made < VALUES / 2; made += 2_000) {
    const families = Array.from({ length: Math.min(2_000, VALUES / 2 - made) / childrenEach }, () => {
      const wrapped = house.keys.newDataKey();
      return { memberId: house.newId<"member">(), wrapped };
    });
    const kids = families.flatMap(({ memberId, wrapped }) =>
      Array.from({ length: childrenEach }, (_, n) => ({
        memberId,
        key: wrapped.key,
        ordinal: n + 1,
        childId: house.newId<"child">(),
        relationId: house.newId<"guardianRelation">(),
        servedId: house.newId<"servedEvent">(),
        eventId: house.newId<"consentEvent">(),
        grantId: house.newId<"grant">(),
      })),
    );
    const fields = ["child.birthMonth", "child.weight"];
    const told = { purpose: "swim_preparation", purposeVersion: 1, noticeVersionId: notice.id };
    await house.db.transact(async (tx) => {
      await tx.bulkInsert(
        members,
        families.map(({ memberId }) => ({
          id: memberId,
          number: memberId.slice(-12),
          state: "active",
          joinedAt: past,
        })),
      );
      await tx.bulkInsert(
        memberKeys,
        families.map(({ memberId, wrapped }) => ({ memberId, wrapped: wrapped.wrapped })),
      );
      await tx.bulkInsert(
        children,
        kids.map(({ childId, memberId, ordinal }) => ({
          id: childId,
          memberId,
          ordinal,
          code: childId,
          addedAt: past,
        })),
      );
      await tx.bulkInsert(
        guardianRelations,
        kids.map(({ relationId, childId, memberId }) => ({
          id: relationId,
          childId,
          memberId,
          relation: "parent",
          method: "selfDeclared",
          state: "active",
          declaredAt: past,
        })),
      );
      await tx.bulkInsert(
        servedEvents,
        kids.map(({ servedId, memberId, childId }) => ({
          id: servedId,
          memberId,
          childId,
          ...told,
          noticeHash: notice.hash,
          channel: "portal",
          locale: "zh-CN",
          screenHash: screen.hash,
          shownAt: past,
        })),
      );
      await tx.bulkInsert(
        consentEvents,
        kids.map(({ eventId, memberId, childId, relationId, servedId, ordinal }) => ({
          id: eventId,
          memberId,
          seq: ordinal,
          childId,
          relationId,
          ...told,
          action: "grant",
          reason: null,
          servedId,
          noticeHash: notice.hash,
          fields,
          channel: "portal",
          locale: "zh-CN",
          at: past,
          previousHash: null,
          hash: "bench",
          auditEntryId: house.newId<"auditEntry">(),
        })),
      );
      await tx.bulkInsert(
        grants,
        kids.map(({ grantId, memberId, childId, eventId, relationId, ordinal }) => ({
          id: grantId,
          memberId,
          childId,
          subjectId: childId,
          ...told,
          state: "granted",
          since: past,
          lastSeq: ordinal,
          decisionId: eventId,
          fields,
          relationId,
          holdUntil: null,
          holdsValues: true,
        })),
      );
      await tx.bulkInsert(
        vaultValues,
        kids.flatMap(({ grantId, memberId, childId, key }) =>
          fields.map((field) => {
            const id = house.newId<"vaultValue">();
            const value = field === "child.weight" ? "7.25" : "2026-02";
            return {
              id,
              memberId,
              childId,
              grantId,
              grantHolds: true,
              field,
              sealed: house.keys.seal(key, JSON.stringify({ value, measuredOn: null }), placeOf(id)),
              collectedAt: past,
              expiresAt: addDays(past, 30),
            };
          }),
        ),
      );
    });
  }
}

async function samples(count: number, run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times;
}

function staffContext(email: string, role: Role): Context<StaffActor> {
  const id = staffIds.get(email);
  if (id === undefined) throw new Error(`no account ${email}`);
  return {
    ...system,
    actor: {
      kind: "staff",
      id,
      sessionId: house.newId<"staffSession">(),
      roles: [role],
      permissions: rolePermissions(role),
      steppedUpAt: system.now,
    },
  };
}

function at<A extends StaffActor>(ctx: Context<A>, now: Date): Context<A> {
  return { ...ctx, now };
}

function as(memberId: MemberId): Context<MemberActor> {
  return house.contextFor({ kind: "member", id: memberId, sessionId: house.newId<"memberSession">() });
}

function joinMember(): Promise<MemberId> {
  return house.db.transact((tx) => create(tx, { ...system, now: opening })).then(({ id }) => id);
}

async function agree(memberId: MemberId, childId: ChildId): Promise<void> {
  const me = as(memberId);
  const { servedId } = await ledger.serve(me, { purpose: "swim_preparation", childId, channel: "portal" }, "zh-CN");
  await ledger.grant(me, {
    servedId,
    guardian: true,
    values: [
      { key: "child.birthMonth", value: businessDay(addDays(system.now, -125)).slice(0, 7), measuredOn: null },
      { key: "child.weight", value: "7.25", measuredOn: businessDay(addDays(system.now, -3)) },
    ],
  });
}
