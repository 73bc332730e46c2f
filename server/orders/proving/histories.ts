import { orderFile, type TestOrder } from "../testing.ts";

const STATUSES = ["等待买家付款", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "交易成功", "交易关闭"];

/** Rows of a list, by day: later days change two orders in three of the earlier, and bring new ones. */
function rowsOf(day: number, count: number): TestOrder[] {
  return Array.from({ length: count }, (_, n): TestOrder => {
    const order = n + (day * count) / 3;
    return {
      number: `5414549${String(Math.floor(order) * 7_919 + 1_000_000_007).padStart(11, "0")}7`,
      status: STATUSES[(n + day * 2) % STATUSES.length] ?? "",
      yuan: n % 97 === 5 ? "-1" : `${10 + (Math.floor(order) % 900)}.00`,
      completed: (n + day * 2) % STATUSES.length === 3 ? "2026-05-28 10:00:00" : "",
      name: n % 89 === 3 ? "欧阳测试" : "林**",
      ...(n % 11 === 4 && {
        phone: `17000004847-${String(1_000 + (n % 9_000))}`,
        phoneExpires: `2026-07-0${1 + day} 00:00:00`,
      }),
    };
  });
}

/** Two lists of one shop a while apart, of so many rows each: with orders to create, to change and to reject, relay numbers and leaks. */
export function twoLists(count: number): { earlier: Uint8Array; later: Uint8Array } {
  return { earlier: orderFile(rowsOf(0, count)), later: orderFile(rowsOf(1, count)) };
}

/** The same list with a remark in each row that makes it as large as one asks, in bytes. */
export function grown(list: Uint8Array, bytes: number): Uint8Array {
  const [header = "", ...rows] = Buffer.from(list).toString().trimEnd().split("\r\n");
  const remark = "好".repeat(Math.ceil(bytes / rows.length / 3));
  return Buffer.from(`${[`${header},买家留言`, ...rows.map((row) => `${row},${remark}`)].join("\r\n")}\r\n`);
}
