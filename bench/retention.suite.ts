/** The retention sweep, beside bare writes of the same rows in the same run. `BENCH_VALUES` sets how many values. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { consentEvents, grants, servedEvents, servedScreens, vaultValues } from "#db/schema/consents.ts";
import { children, guardianRelations } from "#db/schema/guardianship.ts";
import { memberKeys, members } from "#db/schema/members.ts";
import { noticeVersions } from "#db/schema/notices.ts";
import { placeOf } from "#server/consents/gateway/vault/service.ts";
import { screenIn } from "#server/consents/ledger/screen.ts";
import { sweep } from "#server/consents/retention/service.ts";
import { addDays } from "#server/core/time.ts";
import { openBrand } from "./brand.ts";
import { type Figure, report } from "./figure.ts";

const VALUES = Number(process.env.BENCH_VALUES ?? 200_000);

const { folder, house, databaseUrl, system, close } = await openBrand();
report("retention", [await sweeping()]);
await close();

/** Everything is overdue: each consent ends with its event, entries, disposal and tombstone; bare: the same writes. */
async function sweeping(): Promise<Figure> {
  await fillOverdue();
  const copy = join(folder, "bare.db");
  const checkpoint = new Database(databaseUrl);
  checkpoint.pragma("wal_checkpoint(TRUNCATE)");
  checkpoint.close();
  copyFileSync(databaseUrl, copy);

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
    goal: "≥ 50 % of the reference",
    met: rate >= bareRate * 0.5,
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
  if (notice === undefined) throw new Error("the notice is not public");
  const screen = screenIn("zh-CN");
  await house.db.transact((tx) => tx.insert(servedScreens).values(screen));
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
