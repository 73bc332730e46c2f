import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { freshDatabase, newId, rawSql, testContext } from "#db/testing.ts";
import type { Context, MemberActor, StaffActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import { storeUpload } from "../../core/uploads.ts";
import * as claims from "../claims/service.ts";
import { ChosenSettings, OneBatch } from "../importing/model.ts";
import { rejects, report } from "../importing/queries.ts";
import * as importing from "../importing/service.ts";
import { find } from "../queries.ts";
import { columnName } from "../reading/cells.ts";
import { type Binding, headerOf, readHeader } from "../reading/header.ts";
import { workbook } from "../reading/testing.ts";
import { restRoutes } from "../rest.ts";
import { brandWith, orderFile } from "../testing.ts";
import { type Mappable, Mapping, mappable } from "./model.ts";
import { glance, list, named } from "./queries.ts";
import * as mappings from "./service.ts";
import { accepted, fileOf, lookAt, sheetsOf } from "./testing.ts";

let db: Db;
let system: Context;
let staff: Context<StaffActor>;
let member: Context<MemberActor>;
beforeAll(async () => {
  const brand = await brandWith(1);
  ({ db, system, staff } = brand);
  const [first] = brand.members;
  if (first === undefined) throw new Error("no member");
  member = first;
});

/** A table of one's own: nothing about its names is known to anybody. */
const HEADER = ["流水", "阶段", "收了", "哪天", "货"];
const row = (n: number, over: Partial<Record<string, string>> = {}): string[] =>
  Object.values({
    流水: `WEB-2026-${1000 + n}`,
    阶段: "妥了",
    收了: "88.00",
    哪天: "2026-05-20 10:00:00",
    货: "BATH-01",
    ...over,
  });
const mappingOf = (over: Partial<z.input<typeof Mapping>> = {}): Mapping =>
  Mapping.parse({
    header: headerOf(HEADER),
    columns: { orderId: "流水", status: "阶段", paid: "收了", placedAt: "哪天", sku: "货" },
    platform: "other",
    source: "官网商城",
    unit: "yuan",
    amounts: "order",
    refunds: "returned",
    words: { 妥了: "completed", 没了: "closed" },
    afterSaleWords: {},
    assumed: null,
    sensitive: {},
    ...over,
  });

/** A file of one's own source stays in quarantine until somebody says by what right it is here. */
const provenance = { supplier: "自有商城", basis: "ownSystem", reference: "SHOP-2026", scope: "商城订单" } as const;

async function take(bytes: Uint8Array, said: z.input<typeof ChosenSettings> = {}, dryRun = false) {
  const batchId = await importing.importFile(system, () => system.now, {
    file: { bytes },
    fileName: "own.csv",
    chosen: ChosenSettings.parse({ provenance, ...said }),
    dryRun,
    source: "cli",
  });
  return report(db, batchId);
}

async function upload(bytes: Uint8Array) {
  return storeUpload(
    (async function* () {
      yield bytes;
    })(),
    1 << 20,
  );
}

const code = (act: Promise<unknown>) =>
  act.then(
    () => null,
    (reason: unknown) => (reason instanceof Refusal ? reason.code : reason),
  );
const recorded = async (action: string) =>
  Number((await rawSql(db, `SELECT count(*) AS n FROM audit_entries WHERE action = '${action}'`))[0]?.n);

describe("a saved mapping", () => {
  test("is kept under its name, replaced for the same header, renamed and deleted, each recorded", async () => {
    const id = await mappings.save(staff, { name: "官网导出", mapping: mappingOf() });
    expect(await mappings.save(staff, { name: "官网导出", mapping: mappingOf({ unit: "fen" }) })).toBe(id);
    expect(await list(db)).toMatchObject([{ id, name: "官网导出", mapping: { unit: "fen" } }]);
    await mappings.rename(staff, { mappingId: id, name: "官网" });
    expect((await named(db, "官网")).unit).toBe("fen");
    await mappings.remove(staff, { mappingId: id });
    expect(await list(db)).toEqual([]);
    expect(await code(named(db, "官网"))).toBe("MAPPING_NOT_FOUND");
    expect(await Promise.all(["save", "rename", "delete"].map((verb) => recorded(`order.mapping.${verb}`)))).toEqual([
      2, 1, 1,
    ]);
  });

  test("keeps its name from other headers, and nothing changes when it is refused", async () => {
    const one = await mappings.save(staff, { name: "甲", mapping: mappingOf() });
    const other = mappingOf({ header: [...headerOf(HEADER), "新列"] });
    const two = await mappings.save(staff, { name: "乙", mapping: other });
    const before = await list(db);
    expect(await code(mappings.save(staff, { name: "甲", mapping: other }))).toBe("MAPPING_NAME_TAKEN");
    expect(await code(mappings.rename(staff, { mappingId: two, name: "甲" }))).toBe("MAPPING_NAME_TAKEN");
    expect(await code(mappings.rename(staff, { mappingId: newId(), name: "丙" }))).toBe("MAPPING_NOT_FOUND");
    expect(await list(db)).toEqual(before);
    for (const mappingId of [one, two]) await mappings.remove(staff, { mappingId });
    expect(await code(mappings.remove(staff, { mappingId: one }))).toBe("MAPPING_NOT_FOUND");
  });

  test("holds nothing personal, whatever it was given", async () => {
    const mappingId = await mappings.save(staff, {
      name: "电话13812345678",
      mapping: mappingOf({ words: { 妥了: "completed", 打13812345678: "paid" }, source: "店长13812345678" }),
    });
    const kept = JSON.stringify(await rawSql(db, "SELECT * FROM order_mappings"));
    expect(kept).not.toContain("13812345678");
    await mappings.remove(staff, { mappingId });
  });
});

describe("a file of one's own", () => {
  const file = fileOf([HEADER, row(1), row(2, { 阶段: "没了" }), row(3, { 收了: "-1" }), row(4, { 阶段: "在想" })]);

  test("is refused while nobody has said how to read it", async () => {
    expect(await take(file)).toMatchObject({ fileOutcome: "refused", fileCodes: ["HEADER_UNRECOGNISED"] });
  });

  test("is read by the mapping of its very header, unasked, and once only", async () => {
    const mappingId = await mappings.save(staff, { name: "官网", mapping: mappingOf() });
    const expected = { platform: "other", layout: "generic", rows: { accepted: 2, rejected: 2 } };
    expect(await take(file, {}, true)).toMatchObject({ ...expected, dryRun: true, orders: { created: 2 } });
    const got = await take(file);
    expect(got).toMatchObject({
      ...expected,
      orders: { created: 2, rejected: 2 },
      totals: { paidFen: 8_800 },
      byStatus: { completed: 1, closed: 1 },
      rowReasons: [
        { row: 4, column: "收了", code: "BAD_AMOUNT" },
        { row: 5, column: "阶段", code: "UNKNOWN_STATUS" },
      ],
    });
    expect(await take(file)).toMatchObject({ sameAs: got.batchId, orders: { created: 0, unchanged: 2 } });

    const corrected = (await rejects(staff, OneBatch.parse({ batchId: got.batchId }).batchId))
      .replace("'-1", "9.00")
      .replace("在想", "妥了");
    expect(await take(Buffer.from(corrected))).toMatchObject({ rows: { accepted: 2, rejected: 0 } });

    for (const header of [
      [...HEADER, "备注"],
      HEADER.toReversed(),
      HEADER.map((name) => (name === "货" ? "货号" : name)),
    ]) {
      const other = fileOf([header, row(9), row(8)]);
      expect(await take(other)).toMatchObject({ fileCodes: ["HEADER_UNRECOGNISED"] });
      expect(await take(other, { mapping: mappingOf() })).toMatchObject({ fileCodes: ["HEADER_UNRECOGNISED"] });
    }
    await mappings.remove(staff, { mappingId });
    expect(await take(fileOf([HEADER, row(5)]))).toMatchObject({ fileCodes: ["HEADER_UNRECOGNISED"] });
    expect(await take(fileOf([HEADER, row(5)]), { mapping: mappingOf() })).toMatchObject({ orders: { created: 1 } });
  });

  test("is not read by one of two mappings that both fit, until somebody names one", async () => {
    const a = await mappings.save(staff, { name: "店甲", mapping: mappingOf({ source: "店甲" }) });
    const b = await mappings.save(staff, { name: "店乙", mapping: mappingOf({ source: "店乙" }) });
    const bytes = fileOf([HEADER, row(20)]);
    expect(await take(bytes)).toMatchObject({ fileCodes: ["HEADER_UNRECOGNISED"] });
    const first = await take(bytes, { mapping: await named(db, "店甲") });
    const second = await take(bytes, { mapping: await named(db, "店乙") });
    expect([first.orders.created, second.orders.created]).toEqual([1, 1]);
    for (const mappingId of [a, b]) await mappings.remove(staff, { mappingId });
  });

  test("is read as was confirmed, whatever becomes of the mapping meanwhile", async () => {
    const mappingId = await mappings.save(staff, { name: "改动", mapping: mappingOf() });
    const { uploadId } = await upload(fileOf([HEADER, row(30)]));
    const chosen = ChosenSettings.parse({});
    const batch = await importing.start(staff, { uploadId, fileName: "own.csv", chosen });
    expect(batch.chosen.mapping).toEqual(mappingOf());
    await mappings.save(staff, { name: "改动", mapping: mappingOf({ unit: "fen" }) });
    const [stored] = await rawSql(db, `SELECT chosen FROM import_batches WHERE id = '${batch.id}'`);
    expect(String(stored?.chosen)).toContain('"unit":"yuan"');
    await importing.cancel(staff, { batchId: batch.id });
    await mappings.remove(staff, { mappingId });
  });

  test("of the same numbers as a platform's is that platform's order, and one with its own export", async () => {
    const number = "5414549813668000777";
    await take(orderFile([{ number, status: "交易成功", yuan: "88.00", placed: "2026-05-20 10:00:00" }]));
    const erp = mappingOf({ platform: "taobao", source: null });
    const got = await take(fileOf([HEADER, row(0, { 流水: number, 货: "" })]), { mapping: erp });
    expect(got).toMatchObject({ platform: "taobao", orders: { created: 0 } });
    expect(await take(fileOf([HEADER, row(1)]), { mapping: erp })).toMatchObject({ rowReasons: [{ code: "BAD_ID" }] });
  });
});

describe("an order of one's own source", () => {
  test("is found by its number and can be claimed, also after its mapping was deleted", async () => {
    const mappingId = await mappings.save(staff, { name: "门店", mapping: mappingOf({ source: "门店" }) });
    await take(fileOf([HEADER, row(40)]), { mapping: await named(db, "门店") });
    await mappings.remove(staff, { mappingId });
    const found = await find(staff, { number: "WEB-2026-1040" });
    expect(found.orderId).not.toBeNull();
    const answer = await claims.submit(
      member,
      { orderNumber: "WEB-2026-1040", fact: { kind: "amount", yuan: "88.00" } },
      "203.0.113.9",
    );
    expect(answer).toMatchObject({ outcome: "granted" });
  });
});

describe("looking at an upload", () => {
  test("says whether it can be imported without a word, and offers what was said of like headers", async () => {
    const platform = await glance(staff, {
      uploadId: (await upload(orderFile([{ number: "5414549813668000001", status: "交易成功", yuan: "1.00" }])))
        .uploadId,
    });
    expect(platform).toMatchObject({ ready: true, look: { known: { platform: "taobao" } }, fitting: [], near: [] });
    const own = await upload(fileOf([HEADER, row(50), row(51)]));
    expect(await glance(staff, { uploadId: own.uploadId })).toMatchObject({
      ready: false,
      look: { kind: "table", known: null },
    });
    const mappingId = await mappings.save(staff, { name: "相近", mapping: mappingOf() });
    expect(await glance(staff, { uploadId: own.uploadId })).toMatchObject({
      ready: true,
      fitting: [{ id: mappingId }],
    });
    const wider = await upload(
      fileOf([
        [...HEADER, "备注"],
        [...row(52), ""],
      ]),
    );
    expect(await glance(staff, { uploadId: wider.uploadId })).toMatchObject({
      ready: false,
      fitting: [],
      near: [{ id: mappingId }],
    });
    await mappings.remove(staff, { mappingId });
    expect(await code(glance(staff, { uploadId: crypto.randomUUID() }))).toBe("UPLOAD_NOT_FOUND");
  });

  test("a file that is no table is left to the import to refuse", async () => {
    const { uploadId } = await upload(Buffer.from("<html><table></table></html>"));
    expect(await glance(staff, { uploadId })).toMatchObject({
      ready: true,
      look: { kind: "unreadable", code: "HTML_DISGUISED" },
    });
  });
});

test("a program names the mapping by which its file is to be read", async () => {
  const [post] = restRoutes;
  await mappings.save(staff, { name: "接口", mapping: mappingOf({ source: "接口" }) });
  const stored = await upload(fileOf([HEADER, row(60)]));
  const ctx = testContext(db, {
    actor: { kind: "apiKey", id: newId<"apiKey">(), scopes: new Set(["order:import"]) },
    now: staff.now,
  });
  expect(await post?.answer(ctx, { fileName: "erp.csv", mapping: "接口", ...provenance }, stored)).toMatchObject({
    state: "running",
  });
  expect(await code(post?.answer(ctx, { fileName: "erp.csv", mapping: "没有" }, stored) ?? Promise.resolve())).toBe(
    "MAPPING_NOT_FOUND",
  );
});

const folder = join(import.meta.dirname, "../fixtures/clean");
const Expected = z.object({
  rows: z.record(z.string(), z.number()),
  totals: z.object({ paid_fen: z.number(), refund_fen: z.number() }),
  by_status: z.record(z.string(), z.number()),
});
/** A mapping knows one scope for paid and refunded alike; these files have the order's payment and each line's refund. */
const beyond = ["wechat-orders.xlsx"];

/** What somebody would say who knows the platform, of a header in words that nobody knows. */
async function retold(file: string): Promise<{ bytes: Uint8Array; mapping: Mapping }> {
  const sheets = await sheetsOf({ path: join(folder, file) });
  const first = sheets
    .flat()
    .map((row) => readHeader(row))
    .find((verdict) => verdict?.kind === "bound");
  if (first?.kind !== "bound") throw new Error("no header");
  const nameOf = (at: number): string => `甲${at}乙`;
  const renamed = sheets.map((rows) =>
    rows.map((row) =>
      readHeader(row)?.kind === "bound" ? row.map((name, at) => (name === "" ? "" : nameOf(at))) : row,
    ),
  );
  const bytes = file.endsWith(".xlsx") ? workbook(renamed) : fileOf(renamed.flat());
  const { layout, platform } = first.binding;
  const mapping = accepted(await lookAt(bytes), {
    columns: columnsIn(first.binding, (at) => columnName(nameOf(at))),
    platform,
    amounts: layout.paidScope,
    refunds: layout.refundIs ?? "returned",
    words: { ...layout.words },
    afterSaleWords: { ...layout.afterSaleWords },
  });
  return { bytes, mapping };
}

function columnsIn({ at, lineBy, skus }: Binding, nameOf: (at: number) => string): Mapping["columns"] {
  const columns: Partial<Record<Mappable, string>> = {};
  for (const field of mappable) if (at[field] >= 0) columns[field] = nameOf(at[field]);
  const [line, sku] = [lineBy[0], skus.find((one) => one !== lineBy[0])];
  if (line !== undefined) columns.lineId = nameOf(line);
  if (sku !== undefined) columns.sku = nameOf(sku);
  return columns;
}

test.each(
  globSync("*.{csv,xlsx}", { cwd: folder })
    .filter((file) => !beyond.includes(file))
    .sort(),
)("%s under unknown names, once they are said, is taken in as its platform's own", async (file) => {
  const expected = Expected.parse(JSON.parse(readFileSync(join(folder, `${file}.expected.json`), "utf8")));
  const own = await freshDatabase();
  const { bytes, mapping } = await retold(file);
  const ctx = testContext(own, { now: new Date("2026-05-20T02:00:00Z") });
  const batchId = await importing.importFile(ctx, () => ctx.now, {
    file: { bytes },
    fileName: "retold.csv",
    chosen: ChosenSettings.parse({ mapping }),
    dryRun: false,
    source: "cli",
  });
  const got = await report(own, batchId);
  expect(got.rows).toEqual(expected.rows);
  expect([got.totals.paidFen, got.totals.refundFen]).toEqual([expected.totals.paid_fen, expected.totals.refund_fen]);
  expect(got.byStatus).toEqual(expected.by_status);
});
