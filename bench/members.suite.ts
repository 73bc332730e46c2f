/** The member list and its searches at 100 k members, in process, against bare prepared statements for the same rows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { migrate } from "#db/migrate.ts";
import { memberKeys, memberPhones, members } from "#db/schema/members.ts";
import { tierStandings } from "#db/schema/tiers.ts";
import { loadConfig } from "#server/config.ts";
import type { MemberId } from "#server/core/id.ts";
import { openHouse } from "#server/house.ts";
import { phoneIndex } from "#server/members/codes/service.ts";
import { type ListMembers, MemberFilter } from "#server/members/directory/model.ts";
import { holderOf, list, member } from "#server/members/directory/queries.ts";
import { timeline } from "#server/members/directory/timeline/queries.ts";
import { type Figure, percentile, report } from "./figure.ts";

const COUNT = Number(process.env.BENCH_MEMBERS ?? 100_000);
const SAMPLES = 400;
const GOAL_MS = 20;
const START = Date.UTC(2024, 0, 1);
const STEP_MS = Math.floor((2 * 365 * 86_400_000) / COUNT);

const folder = mkdtempSync(join(tmpdir(), "evenhand-bench-"));
const config = loadConfig({ DATA_DIR: folder });
await migrate(config.databaseUrl);
const house = await openHouse(config);
const ctx = house.contextFor({ kind: "system", name: "bench" });
const ids = Array.from({ length: COUNT }, () => house.newId<"member">());
const joinedAt = (n: number) => new Date(START + n * STEP_MS);
const number = (n: number) => String(1_000_000_000 + ((n * 7_368_787) % 8_999_999_999)).slice(0, 10);
const phone = (n: number) => `+86139${String(n).padStart(8, "0")}`;
await fill();

const bare = new Database(config.databaseUrl, { readonly: true });
const barePage = bare.prepare(
  `SELECT m.id, m.number, m.state, m.joined_at, s.tier, s.keep_until FROM members m
   LEFT JOIN tier_standings s ON s.member_id = m.id
   WHERE m.state = 'active' AND (m.joined_at, m.id) < (?, ?) ORDER BY m.joined_at DESC, m.id DESC LIMIT 51`,
);
const barePhone = bare.prepare("SELECT member_id FROM member_phones WHERE phone_index = ?");

const somebody = (n: number) => (n * 7_919) % COUNT;
const after = (n: number): ListMembers["after"] => ({ joinedAt: joinedAt(somebody(n)), id: idOf(somebody(n)) });
const ask = (filter: Partial<MemberFilter>, from?: ListMembers["after"]) =>
  list(ctx, { filter: MemberFilter.parse(filter), after: from, size: 50 });
const index = phoneIndex(ctx, phone(1));

const floor = await measure((n) => barePage.all(joinedAt(somebody(n)).getTime(), idOf(somebody(n))));
const phoneFloor = await measure(() => barePhone.get(index));
const pages: [string, (n: number) => unknown][] = [
  ["a page of 50, the first", () => ask({})],
  ["a page of 50, anywhere", (n) => ask({}, after(n))],
  ["a page of a tier (1 %), anywhere", (n) => ask({ tier: "jade" }, after(n))],
  [
    "a page of those who joined in a month",
    (n) => ask({ joinedFrom: joinedAt(somebody(n)), joinedTo: joinedAt(somebody(n) + 4_000) }),
  ],
  ["search by card number", (n) => ask({ number: number(somebody(n)) })],
  ["search by the first digits", (n) => ask({ number: number(somebody(n)).slice(0, 4) })],
];
const figures: Figure[] = [];
for (const [name, run] of pages) figures.push(figure(name, await measure(run), floor));
figures.push(
  figure("search by phone", await measure((n) => holderOf(house.db, phoneIndex(ctx, phone(somebody(n))))), phoneFloor),
);
figures.push(figure("a member's page", await measure((n) => member(ctx, idOf(somebody(n)))), floor));
figures.push(
  figure(
    "a member's history",
    await measure((n) => timeline(house.db, { memberId: idOf(somebody(n)), size: 30 })),
    floor,
  ),
);
report("members", figures);
bare.close();
await house.close();
rmSync(folder, { recursive: true });

function figure(name: string, { p50, p95 }: Spread, reference: Spread): Figure {
  return {
    name: `${name}, p95 (p50 ${p50.toPrecision(2)} ms)`,
    value: p95,
    unit: "ms",
    reference: { name: "bare prepared statement", value: reference.p95 },
    goal: `< ${GOAL_MS} ms`,
    met: p95 < GOAL_MS,
  };
}

type Spread = { readonly p50: number; readonly p95: number };

async function measure(run: (n: number) => unknown): Promise<Spread> {
  for (let n = 0; n < 50; n += 1) await run(n);
  const samples: number[] = [];
  for (let n = 0; n < SAMPLES; n += 1) {
    const start = performance.now();
    await run(n);
    samples.push(performance.now() - start);
  }
  return { p50: percentile(samples, 0.5), p95: percentile(samples, 0.95) };
}

/** A third has a standing above the first tier: 1 % of all the highest; everybody gave a phone. */
async function fill(): Promise<void> {
  const tierOf = (n: number) => (n % 100 === 0 ? "jade" : n % 10 === 0 ? "gold" : "silver");
  for (let from = 0; from < COUNT; from += 10_000) {
    const part = ids.slice(from, from + 10_000).map((id, at) => ({ id, n: from + at }));
    await house.db.transact(async (tx) => {
      await tx.bulkInsert(
        members,
        part.map(({ id, n }) => ({ id, number: number(n), state: "active", joinedAt: joinedAt(n) })),
      );
      const keys = part.map(() => house.keys.newDataKey());
      await tx.bulkInsert(
        memberKeys,
        part.map(({ id }, at) => ({ memberId: id, wrapped: keys[at]?.wrapped ?? Buffer.alloc(0) })),
      );
      await tx.bulkInsert(
        memberPhones,
        part.flatMap(({ id, n }, at) => {
          const key = keys[at]?.key;
          if (key === undefined) return [];
          const sealed = house.keys.seal(key, phone(n), { table: "member_phones", column: "sealed", row: id });
          return { memberId: id, sealed, phoneIndex: phoneIndex(ctx, phone(n)), verifiedAt: joinedAt(n) };
        }),
      );
      await tx.bulkInsert(
        tierStandings,
        part
          .filter(({ n }) => n % 3 === 0 || n % 10 === 0)
          .map(({ id, n }) => ({ memberId: id, tier: tierOf(n), earned: tierOf(n), evaluatedAt: joinedAt(n) })),
      );
    });
  }
}

function idOf(n: number): MemberId {
  const id = ids[n];
  if (id === undefined) throw new RangeError(`no member ${n}`);
  return id;
}
