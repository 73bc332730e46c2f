/** Fifty contenders for ten codes, beside bare conditional updates in the same run. */
import Database from "better-sqlite3";
import { publishBenefit } from "#server/benefits/demo.ts";
import { giftTerms } from "#server/benefits/demo-terms.ts";
import * as entitlements from "#server/benefits/entitlements/service.ts";
import * as codes from "#server/benefits/redemption/codes/service.ts";
import * as redemption from "#server/benefits/redemption/service.ts";
import * as stores from "#server/benefits/stores/service.ts";
import { addDays } from "#server/core/time.ts";
import { openBrand } from "./brand.ts";
import { type Figure, percentile, report } from "./figure.ts";

const ROUNDS = 20;

const { house, databaseUrl, system, opening, operator, officer, clerk, as, joinMember, close } = await openBrand();
report("redeem", await contention());
await close();

/** Fifty devices confirm ten codes at the same moment, round after round: ten wins a round, never more. */
async function contention(): Promise<Figure[]> {
  const { storeId } = await stores.save(operator(), {
    storeId: null,
    name: { "zh-CN": "测速门店", en: "Bench store" },
    address: { "zh-CN": "测试路 1 号", en: "1 Test Road" },
    open: true,
  });
  await stores.assign(operator(), { storeId, staffId: clerk().actor.id, works: true });
  const benefitId = await publishBenefit(operator(), officer(), giftTerms(opening));
  const holders = await Promise.all(Array.from({ length: 10 }, () => joinMember()));
  for (const memberId of holders) {
    await entitlements.give(operator(), {
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
    const now = house.contextFor(clerk().actor);
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

  const bare = new Database(databaseUrl);
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
