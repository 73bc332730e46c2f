import { on } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type { Keys } from "../../core/seal.ts";
import { orderKeys, rowsHashes } from "../order-key.ts";
import type { Source } from "../reading/reading.ts";
import type { Recognition } from "../reading/recognition.ts";
import { answerThrough } from "./asking.ts";
import type { ChosenSettings } from "./model.ts";
import { type Opened, type Page, type Pages, readPages } from "./page.ts";
import type { ThreadInput } from "./page-thread.ts";

/** Smaller files are through before a thread for them is up: some ten thousand rows of text. */
export const THREAD_BYTES = 2 * 2 ** 20;
/** A thread makes much garbage and keeps little: left to itself, its young generation grows to many times this. */
const YOUNG_MB = 16;

/**
 * Opens a file as its uploader chose; a large one is read by a thread of its own, beside the database's. `find` says which
 * orders are known by their rows.
 */
export async function openPages(
  source: Source,
  chosen: ChosenSettings,
  keys: Pick<Keys, "keyedHash" | "hashKey">,
  find: Recognition["find"],
): Promise<Pages> {
  const large = "path" in source && (await stat(source.path)).size >= THREAD_BYTES;
  if (large) return threadPages(source, chosen, keys, find);
  return readPages(source, chosen, orderKeys(keys), { hash: rowsHashes(keys), find });
}

/** The same, always in a thread. */
export async function threadPages(
  source: Source,
  chosen: ChosenSettings,
  keys: Pick<Keys, "hashKey">,
  find: Recognition["find"],
): Promise<Pages> {
  const { port1: answers, port2: asks } = new MessageChannel();
  const workerData: ThreadInput = {
    source,
    chosen,
    orderKey: keys.hashKey("order-key"),
    orderRows: keys.hashKey("order-rows"),
    asks,
  };
  const thread = new Worker(join(import.meta.dirname, "page-thread.ts"), {
    workerData,
    transferList: [asks],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  answerThrough(answers, find, (reason) => thread.emit("error", reason));
  const outputs = on(thread, "message", { close: ["exit"] });
  const next = async <T>(): Promise<T> => {
    const { value, done } = await outputs.next();
    if (done === true) throw new Error("the thread that reads the file ended before it");
    return value[0];
  };
  const close = async () => {
    answers.close();
    await thread.terminate();
  };
  try {
    const { survey, rejectsHeader } = await next<Opened>();
    return {
      survey,
      rejectsHeader,
      async *pages() {
        for (let page = await next<Page | null>(); page !== null; page = await next<Page | null>()) {
          thread.postMessage(null);
          yield page;
        }
      },
      close,
    };
  } catch (reason) {
    await close();
    throw reason;
  }
}
