import { expect, test } from "vitest";
import { addDays } from "../core/time.ts";
import { giftTerms } from "./demo-terms.ts";
import * as publishing from "./publishing/service.ts";
import { ofTier } from "./queries.ts";
import { NOW, openBenefitBrand } from "./testing.ts";

test("a tier's benefits are those that name it and are live, and say whether they ask for data", async () => {
  const { db, swim, gift, parentingClass, publish, by, ann } = await openBenefitBrand();
  const over = await publish({
    ...giftTerms(addDays(NOW, -9)),
    window: { from: addDays(NOW, -9).toISOString(), to: addDays(NOW, -1).toISOString() },
  });
  const retired = await publish(giftTerms(addDays(NOW, -9)));
  await publishing.retire(by(ann), { benefitId: retired, reason: "换新" });
  const asked = async (tier: string, now = NOW) =>
    Object.fromEntries((await ofTier(db, tier, now)).map(({ id, asks }) => [id, asks]));
  expect(await asked("registered")).toEqual({ [gift]: false });
  expect(await asked("silver")).toEqual({ [swim]: true, [gift]: false });
  expect(await asked("gold")).toEqual({ [swim]: true, [gift]: false, [parentingClass]: false });
  expect(await asked("registered", addDays(NOW, -2))).toEqual({ [gift]: false, [over]: false });
});
