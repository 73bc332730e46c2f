import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { brandFields } from "#db/schema/activities.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { rawSql } from "#db/testing.ts";
import { activitiesInForce } from "../activities/queries.ts";
import * as activities from "../activities/service.ts";
import { type ConsentBrand, openConsentBrand } from "../testing.ts";
import type { FieldDefinition } from "./model.ts";
import { catalogue, fieldDefinitions, list } from "./queries.ts";
import { add } from "./service.ts";

const HEIGHT = {
  key: "child.height",
  subject: "child",
  class: "minor",
  name: { "zh-CN": "宝宝身高", en: "Child's height" },
  format: { kind: "number", unit: { "zh-CN": "厘米", en: "cm" }, min: 30, max: 200, decimals: 1, measured: true },
} as const satisfies FieldDefinition;

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});

describe("a field of the brand's own", () => {
  test("is added to the catalogue and recorded, and stays as it is", async () => {
    await add(brand.by(brand.ann), HEIGHT);
    expect((await fieldDefinitions(brand.db)).get(HEIGHT.key)).toEqual(HEIGHT);
    const trail = await brand.db.select().from(auditEntries).where(eq(auditEntries.subjectId, HEIGHT.key));
    expect(trail).toMatchObject([{ action: "field.add", detail: { class: "minor", format: "number" } }]);
    await expect(rawSql(brand.db, "DELETE FROM brand_fields")).rejects.toThrow(/append-only/);
    expect((await list(brand.db)).find(({ key }) => key === HEIGHT.key)?.addedAt).not.toBeNull();
  });

  test("of a key that is taken, of a wrong class or form, is refused and nothing is stored", async () => {
    const before = await brand.db.select().from(brandFields);
    const shoeSize: FieldDefinition = { ...HEIGHT, key: "child.shoeSize" };
    const upsideDown = { ...HEIGHT.format, min: 200, max: 30 };
    const attempts: readonly (readonly [FieldDefinition, string])[] = [
      [{ ...HEIGHT, key: "child.weight" }, "FIELD_KNOWN"],
      [{ ...HEIGHT, key: "member.city", subject: "member", class: "general" }, "FIELD_KNOWN"],
      [{ ...shoeSize, class: "general" }, "FIELD_CLASS_WRONG"],
      [{ ...shoeSize, format: upsideDown }, "FIELD_FORMAT_WRONG"],
    ];
    for (const [definition, code] of attempts) {
      await expect(add(brand.by(brand.ann), definition)).rejects.toMatchObject({ code });
    }
    expect(await brand.db.select().from(brandFields)).toEqual(before);
  });
});

describe("the catalogue", () => {
  test("says of each field which activities may ask for it, and whether they must have it", async () => {
    const { gated } = await catalogue(brand.db, await activitiesInForce(brand.db));
    const uses = (key: string) =>
      gated.find((field) => field.key === key)?.uses.map(({ code, mandatory }) => [code, mandatory]);
    expect(uses("child.birthMonth")).toEqual([
      ["baby_recommendation", true],
      ["swim_preparation", true],
    ]);
    expect(uses("child.sex")).toEqual([["swim_preparation", false]]);
    expect(uses("member.city")).toEqual([]);
  });

  test("names the product's activity behind everything else that is kept", async () => {
    const { basic } = await catalogue(brand.db, await activitiesInForce(brand.db));
    expect(basic.filter(({ uses }) => uses.length === 0)).toEqual([]);
    expect(basic.find(({ key }) => key === "phone")?.uses.map(({ code }) => code)).toEqual(["account"]);
  });

  test("forgets an activity that is over", async () => {
    const move = { code: "baby_recommendation", to: "retired", reason: "不再推荐" } as const;
    await activities.move(brand.by(brand.officer), move);
    const { gated } = await catalogue(brand.db, await activitiesInForce(brand.db));
    expect(gated.find(({ key }) => key === "child.birthMonth")?.uses.map(({ code }) => code)).toEqual([
      "swim_preparation",
    ]);
  });
});
