import type { Page } from "@playwright/test";
import type { ImportBatchId } from "#server/core/id.ts";
import { isId } from "#server/core/id.ts";

/** One row of a Taobao order list. Times are Beijing time; `daysAgo` is when it was placed. */
export type OrderRow = {
  readonly number: string;
  readonly status?: string;
  readonly yuan?: string;
  readonly refund?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly note?: string;
};

const header =
  "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,收货人姓名,联系手机,订单创建时间,订单付款时间,宝贝标题,商家编码,退款金额,确认收货时间,订单备注";

/** Order numbers that no other journey uses, masked ones included: their first and last four digits are by chance. */
export function orderNumbers(count: number): [string, ...string[]] {
  const chance = (from: number, below: number) => String(from + Math.floor(Math.random() * (below - from)));
  const first = `54${chance(10, 100)}${String(Date.now() % 1e9).padStart(9, "0")}${chance(10, 100)}`;
  const last = Number(chance(1_000, 9_000));
  const number = (n: number) => `${first}${last + n}`;
  return [number(0), ...Array.from({ length: count - 1 }, (_, n) => number(n + 1))];
}

/** The export that the platform would give of these orders, of three weeks ago. */
export function orderFile(rows: readonly OrderRow[]): Buffer {
  const day = (daysAgo: number) =>
    new Date(Date.now() - daysAgo * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  const lines = rows.map(
    ({
      number,
      status = "卖家已发货，等待买家确认",
      yuan = "199.00",
      refund = "0.00",
      name = "林**",
      phone = "138****0001",
      note = "",
    }) =>
      [
        ...[number, "t**", yuan, yuan, status, name, phone, day(21), day(21)],
        ...["洗护套装", "BATH-01", refund, status === "交易成功" ? day(15) : "", note],
      ]
        .map((cell) => `"${cell}"`)
        .join(","),
  );
  return Buffer.from(`\uFEFF${[header, ...lines].join("\r\n")}\r\n`);
}

/** Chooses a file on the page of imports; `settle` fills in the rest of the form. Gives the batch it became. */
export async function upload(
  desk: Page,
  name: string,
  buffer: Buffer,
  settle?: (desk: Page) => Promise<void>,
): Promise<ImportBatchId> {
  await desk.goto("/desk/orders/new");
  await desk.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
  await settle?.(desk);
  await desk.getByRole("button", { name: "上传并检查" }).click();
  await desk.waitForURL(/\/desk\/orders\/[0-9a-f-]{36}$/);
  const id = desk.url().slice(-36);
  if (!isId<"importBatch">(id)) throw new Error("the page of a batch has no batch");
  return id;
}

/** Says yes to what the check found, and waits until the orders are in. */
export async function confirm(desk: Page): Promise<void> {
  await desk.getByRole("button", { name: "确认导入" }).click();
  await desk.getByRole("heading", { name: "结果", exact: true }).waitFor();
}
