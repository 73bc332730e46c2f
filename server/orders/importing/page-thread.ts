/** The thread that reads one file for an import in the thread that started it, never more than some pages ahead of it. */
import type { KeyObject } from "node:crypto";
import { once } from "node:events";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { keyedHasher } from "../../core/hmac.ts";
import { orderKeys, rowsHashes } from "../order-key.ts";
import type { Source } from "../reading/reading.ts";
import { askThrough } from "./asking.ts";
import type { ChosenSettings } from "./model.ts";
import { type Opened, type Page, readPages } from "./page.ts";

export type ThreadInput = {
  readonly source: Source;
  readonly chosen: ChosenSettings;
  /** The keys of order keys and of rows: they cross as handles, not as bytes. */
  readonly orderKey: KeyObject;
  readonly orderRows: KeyObject;
  /** Where it asks which orders are known. */
  readonly asks: MessagePort;
};
/** First what the file is, then its pages; null after the last. Each page is answered with anything once it is taken. */
export type ThreadOutput = Opened | Page | null;

/** How many pages may wait to be taken. */
const AHEAD = 32;

if (parentPort === null) throw new Error("this is a thread of an import, not a program");
const port = parentPort;
const { source, chosen, orderKey, orderRows, asks }: ThreadInput = workerData;
const hashUnder = (key: KeyObject) => {
  const hash = keyedHasher(key);
  return { keyedHash: (_: unknown, text: string) => hash(text) };
};
const { survey, rejectsHeader, pages } = await readPages(source, chosen, orderKeys(hashUnder(orderKey)), {
  hash: rowsHashes(hashUnder(orderRows)),
  find: askThrough(asks),
});
let waiting = 0;
port.on("message", () => {
  waiting -= 1;
});
const tell = (output: ThreadOutput) => port.postMessage(output);
tell({ survey, rejectsHeader });
for await (const page of pages()) {
  while (waiting >= AHEAD) await once(port, "message");
  waiting += 1;
  tell(page);
}
tell(null);
asks.close();
port.close();
