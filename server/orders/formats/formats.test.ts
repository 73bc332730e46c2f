import { describe, expect, test } from "vitest";
import { Mapping } from "../mapping/model.ts";
import { columnName, word } from "../reading/cells.ts";
import { headerOf, readHeader } from "../reading/header.ts";
import { platforms } from "../reading/model.ts";
import { settle, type Told } from "../reading/settle.ts";
import { type AfterSaleWord, fields } from "./format.ts";
import { declaredBy } from "./generic.ts";
import { formats, platformsOfOrderId } from "./index.ts";

const declaredLayouts = formats.flatMap(({ platform, layouts }) =>
  layouts.map((layout) => ({
    platform,
    layout,
    name: layout.name,
    read: (cells: readonly string[]) => readHeader(cells),
  })),
);

/** A table of one's own, mapped for whatever header it is asked to read. */
const mapping = Mapping.parse({
  header: ["单据", "情况", "收款", "退回", "日子", "明细", "货"],
  columns: {
    orderId: "单据",
    status: "情况",
    paid: "收款",
    refund: "退回",
    placedAt: "日子",
    lineId: "明细",
    sku: "货",
  },
  platform: "other",
  source: "官网商城",
  unit: "yuan",
  amounts: "line",
  refunds: "returned",
  words: {
    新单: "placed",
    已收: "paid",
    在途: "shipped",
    妥投: "completed",
    作废: "ended",
    退了: "refunded",
    撤单: "ended-if-paid",
  },
  afterSaleWords: {},
  assumed: null,
  sensitive: {},
});
const generic = declaredBy(mapping);
const layouts = [
  ...declaredLayouts,
  {
    platform: generic.platform,
    layout: generic.layout,
    name: generic.layout.name,
    read: (cells: readonly string[]) => readHeader(cells, { declared: { ...generic, header: headerOf(cells) } }),
  },
];

test("every platform has one format, and every layout a name of its own", () => {
  expect([...formats.map(({ platform }) => platform), "other"].sort()).toEqual([...platforms].sort());
  expect(new Set(layouts.map(({ name }) => name)).size).toBe(layouts.length);
});

describe.each(layouts)("$name", ({ platform, layout, read }) => {
  const header = [
    ...new Set(fields.flatMap((field) => layout.columns[field]?.slice(0, 1) ?? [])),
    ...layout.lineBy.map(([first]) => first ?? ""),
    ...layout.marks,
  ];
  const columns = [...new Set(header)];

  test("recognises its own columns in any order, and whatever else stands beside them", () => {
    for (const cells of [columns, [...columns].reverse(), ["新增列", ...columns, "", "另一列"]]) {
      const verdict = read(cells);
      expect(verdict?.kind === "bound" && verdict.binding.layout.name).toBe(layout.name);
    }
  });

  test("says which required column is missing, or stands there twice", () => {
    for (const field of layout.required) {
      const variants = (layout.columns[field] ?? []).map(columnName);
      const without = columns.filter((name) => !variants.includes(columnName(name)));
      const verdict = platform === "other" ? read(without) : readHeader(without, { platform });
      if (verdict?.kind === "bound") expect(verdict.binding.layout.name).not.toBe(layout.name);
      const own = layout.columns[field]?.[0] ?? "";
      expect(read([...columns, own])).toMatchObject({
        kind: "refused",
        code: "DUPLICATE_COLUMN",
        columns: [own],
      });
    }
  });

  test("its words are written as they are compared", () => {
    for (const said of [...Object.keys(layout.words), ...Object.keys(layout.afterSaleWords ?? {})])
      expect(word(said)).toBe(said);
  });

  test("knows its lines and its required columns", () => {
    for (const field of layout.required) expect(layout.columns[field]).toBeDefined();
    if (layout.paidScope === "line") expect(layout.lineBy.length).toBeGreaterThan(0);
  });

  test("never gives back more than was paid, nor money for what was not", () => {
    const afterSales: AfterSaleWord[] = ["none", "asked", "back"];
    for (const said of Object.values(layout.words)) {
      for (const afterSale of afterSales) {
        for (const refund of [-1, 0, 500, 1_000, 2_000]) {
          const told: Told = { word: said, afterSale, paid: 1_000, refund, lineAmount: 1_000, everPaid: true };
          const settled = settle(layout, told);
          expect(settled.refund).toBeLessThanOrEqual(settled.paid);
          expect(settled.refund).toBeGreaterThanOrEqual(0);
          if (settled.status === "placed" || settled.status === "closed")
            expect(settled).toMatchObject({ paid: 0, refund: 0 });
          if (settled.status === "refunded") expect(settled.refundUnknown).toBe(false);
        }
      }
    }
  });
});

describe("what rows mean", () => {
  const layoutOf = (name: string) => {
    const found = layouts.find((candidate) => candidate.name === name);
    if (!found) throw new Error(name);
    return found.layout;
  };
  const told: Told = { word: "completed", afterSale: "none", paid: 1_000, refund: -1, lineAmount: -1, everPaid: true };

  test("closed after money went back is refunded; closed before any was paid is closed", () => {
    const taobao = layoutOf("taobao_orders");
    expect(settle(taobao, { ...told, word: "ended", refund: 1_000 })).toMatchObject({
      status: "refunded",
      paid: 1_000,
      refund: 1_000,
    });
    expect(settle(taobao, { ...told, word: "ended", paid: 0, refund: 0 })).toMatchObject({ status: "closed", paid: 0 });
  });

  test("what Tmall's picked columns show after a full refund is added up again", () => {
    const settled = settle(layoutOf("tmall_xlsx"), { ...told, word: "ended", paid: 0, refund: 16_900 });
    expect(settled).toMatchObject({ status: "refunded", paid: 16_900, refund: 16_900 });
  });

  test("a refund that was asked for is no refund", () => {
    const settled = settle(layoutOf("taobao_items"), { ...told, word: "shipped", afterSale: "asked", refund: 1_000 });
    expect(settled).toEqual({ status: "refunding", paid: 1_000, refund: 0, refundUnknown: false });
  });

  test("money back without an amount is unknown while the order lives, and all of it once it is closed", () => {
    const douyin = layoutOf("douyin");
    expect(settle(douyin, { ...told, afterSale: "back" })).toEqual({
      status: "completed",
      paid: 1_000,
      refund: 0,
      refundUnknown: true,
    });
    expect(settle(douyin, { ...told, word: "ended", afterSale: "back" })).toMatchObject({
      status: "refunded",
      refund: 1_000,
    });
  });

  test("part of the money back leaves the order where it is; all of it ends it", () => {
    const youzan = layoutOf("youzan");
    expect(settle(youzan, { ...told, afterSale: "back", refund: 400 })).toMatchObject({
      status: "completed",
      refund: 400,
    });
    expect(settle(youzan, { ...told, afterSale: "back", refund: 1_000 })).toMatchObject({
      status: "refunded",
      refund: 1_000,
    });
  });

  test("a deleted JD order was refunded if it had been paid", () => {
    const jd = layoutOf("jd");
    expect(settle(jd, { ...told, word: "ended-if-paid" })).toMatchObject({ status: "refunded", refund: 1_000 });
    expect(settle(jd, { ...told, word: "ended-if-paid", everPaid: false })).toMatchObject({
      status: "closed",
      paid: 0,
    });
  });
});

test("order ids tell the platforms that may have given them", () => {
  expect(platformsOfOrderId("260501-923421038607422")).toEqual(["pdd"]);
  expect(platformsOfOrderId("E20260501091207115739631")).toEqual(["youzan"]);
  expect(platformsOfOrderId("P804486449455875882")).toEqual(["xhs"]);
  expect(platformsOfOrderId("390076197477")).toContain("jd");
  expect(platformsOfOrderId("5328936598249826562")).toContain("taobao");
  expect(platformsOfOrderId("x")).toEqual([]);
});

test("ids that carry a date tell when the order was placed", () => {
  const at = (name: string, id: string): string =>
    new Date(layouts.find((one) => one.name === name)?.layout.placedFromId?.(id) ?? 0).toISOString();
  expect(at("pdd", "260501-923421038607422")).toBe("2026-04-30T16:00:00.000Z");
  expect(at("youzan", "E20260501091207115739631")).toBe("2026-05-01T01:12:07.000Z");
});
