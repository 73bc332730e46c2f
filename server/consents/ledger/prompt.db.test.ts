import { beforeAll, expect, test } from "vitest";
import { addDays } from "../../core/time.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "../testing.ts";
import { prompt, sheet } from "./queries.ts";
import * as ledger from "./service.ts";

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});

const swim = "swim_preparation";
const later = addDays(NOW, 1);

test("a page learns which notice was recorded as shown: the one it has drawn", async () => {
  const { memberId, childId } = await brand.family();
  const { notice } = await sheet(brand.as(memberId), { purpose: swim, childId });
  const served = await ledger.serve(brand.as(memberId), { purpose: swim, childId, channel: "portal" }, "zh-CN");
  expect(served.noticeHash).toBe(notice.hash);
});

test("nothing is brought up before a decision, nor after yes or no; only what a changed notice made stale is", async () => {
  const [agreed, refused] = [await brand.family(), await brand.family()];
  const undecided = await brand.family();
  await brand.agree(agreed.memberId, swim, agreed.childId);
  await brand.say(refused.memberId, swim, refused.childId);
  const prompts = async () =>
    Promise.all([agreed, refused, undecided].map(({ memberId }) => prompt(brand.db, memberId)));
  expect(await prompts()).toEqual([null, null, null]);
  await brand.republish(swim, (terms) => ({ ...terms, retention: { trigger: "lastUse", days: 60 } }), {
    material: true,
    now: later,
  });
  expect(await prompts()).toEqual([{ purpose: swim, childId: agreed.childId }, null, null]);
  await brand.supersede(swim, later);
  expect(await prompts()).toEqual([{ purpose: swim, childId: agreed.childId }, null, null]);
  await brand.say(agreed.memberId, swim, agreed.childId, later);
  expect(await prompts()).toEqual([null, null, null]);
});
