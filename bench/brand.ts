import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "#db/migrate.ts";
import { loadConfig } from "#server/config.ts";
import { seedDemoActivities } from "#server/consents/demo.ts";
import * as ledger from "#server/consents/ledger/service.ts";
import type { ChildId } from "#server/consents/model.ts";
import { seedDemoNotices } from "#server/consents/notices/demo.ts";
import type { Context, MemberActor, StaffActor } from "#server/core/context.ts";
import type { MemberId } from "#server/core/id.ts";
import { addDays, businessDay } from "#server/core/time.ts";
import { openHouse } from "#server/house.ts";
import { create } from "#server/members/service.ts";
import { seedDemoPoints } from "#server/points/demo.ts";
import { seedDemoStaff } from "#server/staff/demo/service.ts";
import type { Role } from "#server/staff/model.ts";
import { rolePermissions } from "#server/staff/rules.ts";
import { seedDemoLadder } from "#server/tiers/demo.ts";

/** A brand of a suite's own in a folder of its own: the demo's staff, ladder, live activities and public notices. */
export async function openBrand() {
  const folder = mkdtempSync(join(tmpdir(), "evenhand-bench-"));
  const config = loadConfig({ DATA_DIR: folder });
  await migrate(config.databaseUrl);
  const house = await openHouse(config);
  const system = house.contextFor({ kind: "system", name: "bench" });
  const staffIds = await seedDemoStaff(system);
  const opening = addDays(system.now, -60);

  const staff = (email: string, role: Role, now = system.now): Context<StaffActor> => {
    const id = staffIds.get(email);
    if (id === undefined) throw new Error(`no account ${email}`);
    const permissions = rolePermissions(role);
    const sessionId = house.newId<"staffSession">();
    return { ...system, now, actor: { kind: "staff", id, sessionId, roles: [role], permissions, steppedUpAt: now } };
  };
  const operator = (now?: Date) => staff("operator@demo.example", "operator", now);
  const colleague = (now?: Date) => staff("operator2@demo.example", "operator", now);
  const officer = (now?: Date) => staff("privacy@demo.example", "privacyOfficer", now);
  const clerk = (now?: Date) => staff("store@demo.example", "storeStaff", now);
  const as = (memberId: MemberId): Context<MemberActor> =>
    house.contextFor({ kind: "member", id: memberId, sessionId: house.newId<"memberSession">() });

  await seedDemoLadder(operator(opening), colleague(opening));
  await seedDemoPoints(operator(opening), colleague(opening));
  await seedDemoActivities(operator(opening), officer(opening));
  await seedDemoNotices(operator(opening), colleague(opening), officer(opening));

  return {
    folder,
    databaseUrl: config.databaseUrl,
    house,
    system,
    opening,
    operator,
    officer,
    clerk,
    as,
    joinMember: (): Promise<MemberId> =>
      house.db.transact((tx) => create(tx, { ...system, now: opening })).then(({ id }) => id),
    /** A guardian agrees to swimming and gives what it needs. */
    async agree(memberId: MemberId, childId: ChildId): Promise<void> {
      const me = as(memberId);
      const { servedId } = await ledger.serve(me, { purpose: "swim_preparation", childId, channel: "portal" }, "zh-CN");
      const values = [
        {
          key: "child.birthMonth",
          value: businessDay(addDays(system.now, -125)).slice(0, 7),
          measuredOn: null,
        },
        { key: "child.weight", value: "7.25", measuredOn: businessDay(addDays(system.now, -3)) },
      ];
      await ledger.grant(me, { servedId, guardian: true, values });
    },
    async close(): Promise<void> {
      await house.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Milliseconds of each of `count` runs, one after the other. */
export async function samples(count: number, run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times;
}
