/** How a thread that reads a file asks the one that has the database which orders it knows by their rows. */
import type { MessagePort } from "node:worker_threads";
import type { Asked, Recognised, Recognition } from "../reading/recognition.ts";
import { type PackedStandings, packStandings, unpackStandings } from "./packing.ts";

const KEY_LENGTH = 16;
const HASH_LENGTH = 8;

/** Keys and hashes one after the other, a character a byte: bytes would cross with the whole pool that they lie in. */
type Question = { readonly number: number; readonly keys: string; readonly hashes: string };
/** The known ones, and at which places they were asked for. */
type Answer = { readonly number: number; readonly places: readonly number[]; readonly known: PackedStandings };

/** The asking side. */
export function askThrough(port: MessagePort): Recognition["find"] {
  const open = new Map<number, (answer: Answer) => void>();
  let number = 0;
  port.on("message", (answer: Answer) => {
    open.get(answer.number)?.(answer);
    open.delete(answer.number);
  });
  return (asked) =>
    new Promise((resolve) => {
      number += 1;
      open.set(number, ({ places, known }) => resolve(placed(asked.length, places, unpackStandings(known))));
      const keys = asked.map(({ orderKey }) => orderKey.toString("latin1")).join("");
      const hashes = asked.map(({ rowsHash }) => rowsHash.toString("latin1")).join("");
      port.postMessage({ number, keys, hashes } satisfies Question);
    });
}

/** The answering side. What it cannot find out ends the reading: `failed` is told why. */
export function answerThrough(port: MessagePort, find: Recognition["find"], failed: (reason: unknown) => void): void {
  port.on("message", ({ number, keys, hashes }: Question) => {
    const asked = Array.from(
      { length: keys.length / KEY_LENGTH },
      (_, place): Asked => ({
        orderKey: Buffer.from(keys.slice(place * KEY_LENGTH, (place + 1) * KEY_LENGTH), "latin1"),
        rowsHash: Buffer.from(hashes.slice(place * HASH_LENGTH, (place + 1) * HASH_LENGTH), "latin1"),
      }),
    );
    find(asked).then((found) => port.postMessage(answerOf(number, found)), failed);
  });
}

function answerOf(number: number, found: readonly (Recognised | null)[]): Answer {
  const places = [...found.keys()].filter((place) => found[place]);
  return { number, places, known: packStandings(found.filter((order) => order !== null)) };
}

function placed(length: number, places: readonly number[], known: readonly Recognised[]): (Recognised | null)[] {
  const found = new Array<Recognised | null>(length).fill(null);
  for (const [at, place] of places.entries()) found[place] = known[at] ?? null;
  return found;
}
