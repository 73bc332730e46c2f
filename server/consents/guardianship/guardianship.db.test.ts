import { beforeAll, expect, test } from "vitest";
import { rawSql } from "#db/testing.ts";
import { read } from "../gateway/service.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "../testing.ts";
import { MAX_CHILDREN } from "./model.ts";
import { cases, childrenOf } from "./queries.ts";
import * as guardianship from "./service.ts";

const SWIM = "swim_preparation";

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});
const add = (memberId: Parameters<ConsentBrand["as"]>[0]) =>
  guardianship.addChild(brand.as(memberId), { relation: "parent", statement: true });
const openCaseOf = async (memberId: string) =>
  (await cases(brand.db, "open", undefined, 100)).cases.find(({ guardianId }) => guardianId === memberId);

test("a child is a number in the family: nothing about it is asked for, and six are enough", async () => {
  const memberId = await brand.join();
  for (let n = 0; n < MAX_CHILDREN; n += 1) await add(memberId);
  expect((await childrenOf(brand.db, memberId)).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6]);
  await expect(add(memberId)).rejects.toMatchObject({ code: "CHILD_LIMIT", condition: { count: MAX_CHILDREN } });
  const columns = Object.keys((await rawSql(brand.db, "SELECT * FROM children"))[0] ?? {});
  expect(columns.sort()).toEqual(["added_at", "code", "id", "member_id", "ordinal", "removed_at"]);
});

test("a removed child's number is not given to another", async () => {
  const memberId = await brand.join();
  const { childId } = await add(memberId);
  await add(memberId);
  await guardianship.removeChild(brand.as(memberId), { childId });
  await add(memberId);
  expect((await childrenOf(brand.db, memberId)).map(({ ordinal }) => ordinal)).toEqual([2, 3]);
  const again = guardianship.removeChild(brand.as(memberId), { childId });
  await expect(again).rejects.toMatchObject({ code: "CHILD_NOT_FOUND" });
});

test("nobody removes another's child", async () => {
  const { childId } = await brand.family();
  const stranger = await brand.join();
  const taken = guardianship.removeChild(brand.as(stranger), { childId });
  await expect(taken).rejects.toMatchObject({ code: "CHILD_NOT_FOUND" });
});

test("a dispute with a wrong code looks like one with a right code, and guessing is throttled", async () => {
  const { memberId } = await brand.family();
  const [child] = await childrenOf(brand.db, memberId);
  const other = await brand.join();
  const say = (code: string) => guardianship.dispute(brand.as(other), { code, reason: "alsoGuardian" });
  expect(await say("22222222")).toBeUndefined();
  expect(await say(child?.code ?? "")).toBeUndefined();
  for (let n = 0; n < 3; n += 1) await say("33333333");
  await expect(say("44444444")).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  expect(await openCaseOf(memberId)).toMatchObject({ reason: "alsoGuardian", byMember: other });
});

test("one's own child is not disputed", async () => {
  const { memberId } = await brand.family();
  const [child] = await childrenOf(brand.db, memberId);
  const own = guardianship.dispute(brand.as(memberId), { code: child?.code ?? "", reason: "other" });
  await expect(own).rejects.toMatchObject({ code: "GUARDIANSHIP_OWN" });
  expect(await openCaseOf(memberId)).toBeUndefined();
});

test("a case that is decided for the guardian opens everything again; it is decided once", async () => {
  const { memberId, childId } = await brand.family();
  await brand.agree(memberId, SWIM, childId);
  const [child] = await childrenOf(brand.db, memberId);
  if (child?.relation == null) throw new Error("no guardianship");
  const opening = { relationId: child.relation.id, reason: "notGuardian" } as const;
  await guardianship.openCase(brand.by(brand.ann), opening);
  await guardianship.openCase(brand.by(brand.ann), opening);
  const weight = { subject: { memberId, childId }, purpose: SWIM, fields: ["child.weight"] };
  await expect(read(brand.at(NOW), weight)).rejects.toMatchObject({ code: "GUARDIANSHIP_DISPUTED" });
  const open = await openCaseOf(memberId);
  if (open === undefined) throw new Error("no case");
  const decision = { caseId: open.id, uphold: true, note: "已核实户口簿" };
  await guardianship.decideCase(brand.by(brand.officer), decision);
  expect((await read(brand.at(NOW), weight)).get("child.weight")?.value).toBe("7.25");
  await expect(guardianship.decideCase(brand.by(brand.officer), decision)).rejects.toMatchObject({
    code: "CASE_DECIDED",
  });
  const decided = (await cases(brand.db, "decided", undefined, 100)).cases.find(({ id }) => id === open.id);
  expect(decided).toMatchObject({ state: "upheld", relationState: "active" });
});
