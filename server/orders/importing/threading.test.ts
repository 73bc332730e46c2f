import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { testKeys } from "../../core/keys.ts";
import { fen } from "../../core/money.ts";
import { orderKeys, rowsHashes } from "../order-key.ts";
import type { Recognition } from "../reading/recognition.ts";
import { orderFile } from "../testing.ts";
import { ChosenSettings } from "./model.ts";
import { type Pages, readPages } from "./page.ts";
import { threadPages } from "./threading.ts";

const keys = testKeys();
/** Some of the orders are known, in no pattern. */
const find: Recognition["find"] = async (asked) =>
  asked.map(({ orderKey, rowsHash }) =>
    ((orderKey[0] ?? 0) + (rowsHash[0] ?? 0)) % 3 === 0 ? { ...known, maskedId: orderKey.toString("hex") } : null,
  );
const known = {
  status: "paid",
  paid: fen(1_200),
  refunded: fen(0),
  refundUnknown: false,
  placedAt: new Date(0),
} as const;
const chosen = ChosenSettings.parse({});
const folder = mkdtempSync(join(tmpdir(), "evenhand-thread-"));
afterAll(() => rmSync(folder, { recursive: true }));
const long = join(folder, "long.csv");
const rows = Array.from({ length: 20_000 }, (_, n) => ({
  number: `5414549${String(n % 15_000).padStart(12, "0")}`,
  status: n % 3 === 0 ? "交易成功" : "买家已付款，等待卖家发货",
  yuan: n % 97 === 0 ? "-1" : `${10 + (n % 900)}.00`,
  phone: n % 50 === 0 ? "15012345678-1234" : undefined,
}));
writeFileSync(long, orderFile(rows));
const together = join(folder, "together.csv");
writeFileSync(together, orderFile(rows.slice(0, 15_000)));

async function all(file: Pages) {
  const pages = [];
  for await (const page of file.pages()) pages.push(page);
  await file.close();
  const { survey, rejectsHeader } = file;
  return { survey, rejectsHeader, pages };
}

const fixtures = globSync(
  join(
    import.meta.dirname,
    "../fixtures/{clean/pdd-orders-full.csv,clean/wechat-orders.xlsx,adverse/leak-notes.csv,adverse/empty.csv}",
  ),
);

test.each([...fixtures, long, together])("%s comes out of its thread as it would have been read here", async (path) => {
  const here = await all(await readPages({ path }, chosen, orderKeys(keys), { hash: rowsHashes(keys), find }));
  expect(await all(await threadPages({ path }, chosen, keys, find))).toEqual(here);
  if (path === long) expect(here.pages.length).toBeGreaterThan(64);
  if (path === together) expect(here.pages.filter(({ familiars }) => familiars.keys !== "").length).toBeGreaterThan(50);
});

test("a thread keeps to a few pages ahead, and ends when its reader has had enough", async () => {
  const file = await threadPages({ path: long }, chosen, keys, find);
  for await (const page of file.pages()) {
    expect(page.lines).toBeGreaterThan(0);
    break;
  }
  await file.close();
  await expect(async () => {
    for await (const page of file.pages()) if (page.notes.lastRecord > 20_000) return;
  }).rejects.toThrow("ended before");
});

test("a file that cannot be read fails as it would here", async () => {
  await expect(threadPages({ path: join(folder, "absent.csv") }, chosen, keys, find)).rejects.toMatchObject({
    code: "ENOENT",
  });
});
