import type { Context, MemberActor } from "../core/context.ts";
import type { MemberId } from "../core/id.ts";
import { addDays, DAY_MS } from "../core/time.ts";
import { demoClaims } from "./claims/model.ts";
import * as claims from "./claims/service.ts";
import { importFile } from "./importing/service.ts";

/** How far back the demo brand's orders go, and how many there are a day. */
const DAYS = 90;
const A_DAY = 5;
const HOUR_MS = 3_600_000;

const HEADER = [
  ...[
    "订单编号",
    "买家会员名",
    "买家应付货款",
    "买家实际支付金额",
    "订单状态",
    "收货人姓名",
    "联系手机",
    "虚拟号过期时间",
  ],
  ...[
    "订单创建时间",
    "订单付款时间",
    "宝贝标题",
    "宝贝总数量",
    "商家编码",
    "退款金额",
    "发货时间",
    "确认收货时间",
    "订单备注",
  ],
];
const GOODS = [
  ["婴儿洗护套装", "BATH-01"],
  ["宝宝润肤乳", "LOTION-02"],
  ["新生儿棉柔巾", "WIPE-03"],
  ["有机米粉礼盒", "RICE-04"],
  ["安抚睡袋", "SLEEP-05"],
] as const;

type DemoOrder = {
  readonly number: string;
  readonly placedAt: Date;
  readonly yuan: number;
  readonly fate: "completed" | "closed" | "refunded";
  readonly goods: (typeof GOODS)[number];
};

/**
 * Gives the demo brand three months of orders, through the services: week by week a file of the last fortnight is
 * imported, so that orders are seen to move on, and members claim theirs; one order two of them.
 */
export async function seedDemoOrders(system: Context, members: readonly MemberId[]): Promise<void> {
  const all = demoOrders(system.now);
  for (let day = DAYS - (DAYS % 7); day >= 0; day -= 7) {
    const ctx = { ...system, now: new Date(addDays(system.now, -day).getTime() - HOUR_MS) };
    const recent = all.filter(({ placedAt }) => placedAt < ctx.now && placedAt > addDays(ctx.now, -16));
    const stamp = ctx.now.toISOString().slice(0, 10).replaceAll("-", "");
    await importFile(ctx, () => ctx.now, {
      file: {
        bytes: Buffer.from(`\uFEFF${[HEADER, ...recent.map((order) => rowOf(order, ctx.now))].map(csvLine).join("")}`),
      },
      fileName: `ExportOrderList${stamp}0900.csv`,
      chosen: { leaks: "drop" },
      dryRun: false,
      source: "demo",
    });
    await claimSome(
      ctx,
      members,
      recent.filter(({ placedAt }) => placedAt > addDays(ctx.now, -7)),
    );
  }
  await dispute(system, members, all);
}

/** Each order's member claims it some time within the hour after the file. */
async function claimSome(ctx: Context, members: readonly MemberId[], orders: readonly DemoOrder[]): Promise<void> {
  for (const order of orders) {
    const memberId = claimantOf(members, order);
    const draw = drawFor(order);
    const at = { ...ctx, now: new Date(ctx.now.getTime() + (draw % 3_000) * 1_000) };
    if (memberId !== null) await claim(at, memberId, order, `demo-${draw % 500}`);
  }
}

/** Somebody else knows the facts of the latest finished order as well: staff have to judge whose it is. */
async function dispute(ctx: Context, members: readonly MemberId[], orders: readonly DemoOrder[]): Promise<void> {
  const order = orders.findLast(
    (one) => one.fate === "completed" && one.placedAt < addDays(ctx.now, -6) && claimantOf(members, one) !== null,
  );
  if (order === undefined) return;
  const rival = members.findLast((memberId) => memberId !== claimantOf(members, order));
  if (rival !== undefined) await claim(ctx, rival, order, "demo-rival");
}

async function claim(ctx: Context, memberId: MemberId, { number, yuan }: DemoOrder, address: string): Promise<void> {
  const actor: MemberActor = { kind: "member", id: memberId, sessionId: ctx.newId<"memberSession">() };
  await claims.submit(
    { ...ctx, actor },
    { orderNumber: number, fact: { kind: "amount", yuan: yuan.toFixed(2) } },
    address,
  );
}

/** Two of three orders find their member; the first members buy most, so that every tier has somebody in it. */
function claimantOf(members: readonly MemberId[], order: DemoOrder): MemberId | null {
  const draw = drawFor(order);
  if (draw % 3 === 0 || demoClaims.some(({ number }) => number === order.number)) return null;
  const reach = Math.min(members.length, order.yuan > 2_000 ? 2 : order.yuan > 600 ? 6 : 45);
  return members[draw % reach] ?? null;
}

function drawFor({ number }: DemoOrder): number {
  return mix(Number(number.slice(-9)));
}

function demoOrders(now: Date): DemoOrder[] {
  const start = addDays(now, -DAYS);
  const usual = Array.from({ length: DAYS * A_DAY }, (_, index): DemoOrder => {
    const draw = mix(index);
    const scale = draw % 23 === 0 ? 5_400 : draw % 7 === 0 ? 900 : 240;
    return {
      number: `41${String(7_000_000_000 + index * 137).padStart(11, "0")}${String(100_000 + (draw % 900_000))}`,
      placedAt: new Date(start.getTime() + (index * DAY_MS) / A_DAY + (draw % 9) * 600_000),
      yuan: scale / 2 + (mix(index + 7) % scale) + (mix(index + 3) % 100) / 100,
      fate: draw % 17 === 0 ? "refunded" : draw % 13 === 0 ? "closed" : "completed",
      goods: GOODS[draw % GOODS.length] ?? GOODS[0],
    };
  });
  const open = demoClaims.map(
    ({ number, yuan }, index): DemoOrder => ({
      number,
      placedAt: addDays(now, -20 - 3 * index),
      yuan: Number(yuan),
      fate: "completed",
      goods: GOODS[index] ?? GOODS[0],
    }),
  );
  return [...usual, ...open].sort((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
}

/** A row of the export as it would look at an instant: paid at once, sent after a day, received after five. */
function rowOf({ number, placedAt, yuan, fate, goods: [title, sku] }: DemoOrder, at: Date): string[] {
  const age = (at.getTime() - placedAt.getTime()) / DAY_MS;
  const paid = fate !== "closed";
  const after = (days: number) => (paid && age >= days ? stamp(addDays(placedAt, days)) : "");
  const amount = yuan.toFixed(2);
  const status =
    fate === "closed"
      ? age < 1
        ? "等待买家付款"
        : "交易关闭"
      : fate === "refunded" && age >= 6
        ? "交易关闭"
        : age < 1
          ? "买家已付款，等待卖家发货"
          : age < 5
            ? "卖家已发货，等待买家确认"
            : "交易成功";
  const refund = fate === "refunded" && age >= 6 ? amount : "0.00";
  const relay = age < 5 && paid ? `17000${number.slice(-6)}-${number.slice(-4)}` : `138****${number.slice(-4)}`;
  return [
    ...[number, "t**", amount, paid ? amount : "0.00", status, "林**", relay, stamp(addDays(placedAt, 20))],
    ...[stamp(placedAt), paid ? stamp(new Date(placedAt.getTime() + 90_000)) : "", title, "1", sku, refund, after(1)],
    ...[fate === "refunded" ? "" : after(5), ""],
  ];
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell}"`).join(",")}\r\n`;
}

/** Beijing time as exports write it. */
function stamp(at: Date): string {
  return new Date(at.getTime() + 8 * HOUR_MS).toISOString().slice(0, 19).replace("T", " ");
}

/** A number that looks drawn and is always the same for the same seed. */
function mix(seed: number): number {
  let value = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35) >>> 0;
  return (value ^ (value >>> 16)) >>> 0;
}
