import { EXTENSION } from "../leaks/patterns.ts";

const RELAY = new RegExp(`^(1\\d{10})\\s*[,(]?\\s*${EXTENSION}\\s*(\\d{3,4})[\\]】)]?$`, "i");

/**
 * The relay number and extension of a phone cell: `17000001234-5678`, `…转5678`, `…[5678]`, `…_5678` and the like; null
 * for anything else, a real phone above all.
 */
export function relayNumber(cell: string): { number: string; extension: string } | null {
  const match = RELAY.exec(cell);
  const [, number, extension] = match ?? [];
  return number === undefined || extension === undefined ? null : { number, extension };
}
