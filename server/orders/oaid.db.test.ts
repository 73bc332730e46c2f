import { getTableColumns, getTableName, is, Table } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { everythingIn } from "#db/dump.ts";
import * as schema from "#db/schema/orders.ts";
import { rawSql, urlOf } from "#db/testing.ts";
import type { Context, MemberActor } from "../core/context.ts";
import * as claims from "./claims/service.ts";
import { formats } from "./formats/index.ts";
import { ChosenSettings } from "./importing/model.ts";
import { importFile } from "./importing/service.ts";
import { isNeverKept } from "./mapping/model.ts";
import { columnName } from "./reading/cells.ts";
import { brandWith } from "./testing.ts";

/** What stands for an addressee in exports: scene-bound ids, masks, ciphertext. */
const addressee = {
  oaid: "1x0Aq7d1f0a2b9c3e4f58a6b7c8d9e0f1a2b3",
  masked: "138****4477",
  name: "##b64Tm9Cb2R5QXRBbGw=QUJDRA##",
  cipher: "$$b64MTM4MDAxMzgwMDA=$1$$",
};
const number = (n: number) => `5414549813669${String(n).padStart(6, "0")}`;

/** Two orders of one addressee: one OAID, one mask, one relay number. */
function file(): Uint8Array {
  const header =
    "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,收货人姓名,联系手机,OAID,收货人ID,订单创建时间,订单付款时间,宝贝标题,商家编码,退款金额,确认收货时间,虚拟号过期时间";
  const row = (n: number, phone: string) =>
    [
      ...[number(n), addressee.masked, "320.00", "320.00", "卖家已发货，等待买家确认", addressee.name, phone],
      ...[addressee.oaid, addressee.cipher, "2026-06-10 10:00:00", "2026-06-10 10:01:00", "婴儿洗护套装", "BATH-01"],
      ...["0.00", "", "2026-06-30 00:00:00"],
    ].join(",");
  const rows = [
    row(1, addressee.masked),
    row(2, addressee.masked),
    row(3, "17000004847-0099"),
    row(4, "17000004847-0099"),
  ];
  return Buffer.from(`${[header, ...rows].join("\r\n")}\r\n`);
}

let system: Context;
let members: Context<MemberActor>[];
beforeAll(async () => {
  ({ system, members } = await brandWith(1));
  await importFile(system, () => system.now, {
    ...{
      file: { bytes: file() },
      fileName: "orders.csv",
      chosen: ChosenSettings.parse({}),
      dryRun: false,
      source: "cli",
    },
  });
});
const ownerOf = async (n: number) =>
  (await rawSql(system.db, "SELECT masked_id, owner_id FROM orders")).find(
    ({ masked_id: masked }) => masked === `5414****${String(n).padStart(4, "0")}`,
  )?.owner_id ?? null;
const claim = (n: number, fact: Parameters<typeof claims.submit>[1]["fact"]) => {
  const [member] = members;
  if (member === undefined) throw new Error("no member");
  return claims.submit(member, { orderNumber: number(n), fact }, "a");
};

describe("an OAID, a masked phone and ciphertext", () => {
  test("are stored nowhere, while the orders that bear them are taken in", async () => {
    expect(await rawSql(system.db, "SELECT id FROM orders")).toHaveLength(4);
    const dump = await everythingIn(urlOf(system.db));
    expect(Object.values(addressee).filter((value) => dump.includes(value))).toEqual([]);
  });

  test("join nothing: an order is claimed, and the other one of its addressee stays nobody's", async () => {
    expect(await claim(1, { kind: "amount", yuan: "320.00" })).toMatchObject({ outcome: "granted" });
    expect([await ownerOf(1), await ownerOf(2)]).toEqual([members[0]?.actor.id, null]);
  });

  test("are read by no format, and by no mapping that somebody makes", () => {
    const mapped = formats.flatMap(({ layouts }) =>
      layouts.flatMap(({ columns, lineBy }) => [...Object.values(columns).flat(), ...lineBy.flat()]),
    );
    expect(mapped.filter((name) => isNeverKept(columnName(name)))).toEqual([]);
    for (const name of ["OAID", "收货人OAID", "open_address_id", "buyer_open_uid", "openid", "收件人ID"])
      expect([name, isNeverKept(columnName(name))]).toEqual([name, true]);
  });

  test("have no column in any table of the orders", () => {
    const columns = Object.values(schema)
      .filter((table) => is(table, Table))
      .flatMap((table) => Object.values(getTableColumns(table)).map(({ name }) => `${getTableName(table)}.${name}`));
    expect(columns.length).toBeGreaterThan(50);
    expect(columns.filter((name) => /oaid|phone|mobile|buyer|receiver|consignee|address|openid/.test(name))).toEqual(
      [],
    );
  });
});

test("a relay number that two orders share proves the one that is claimed and gives nothing of the other", async () => {
  expect(await claim(3, { kind: "extension", digits: "0099" })).toMatchObject({ outcome: "granted" });
  expect([await ownerOf(3), await ownerOf(4)]).toEqual([members[0]?.actor.id, null]);
});
