import { KEY_BURST, KEY_PER_SECOND } from "./model.ts";

/** What is left of a key's allowance at an instant. */
export type Allowance = { readonly left: number; readonly at: Date };

/** A key's allowance before its first request. */
export function fullAllowance(at: Date): Allowance {
  return { left: KEY_BURST, at };
}

/** Takes one request out of an allowance that refills steadily; null when there is none left to take. */
export function spend({ left, at }: Allowance, now: Date): Allowance | null {
  const seconds = Math.max(0, now.getTime() - at.getTime()) / 1_000;
  const refilled = Math.min(KEY_BURST, left + seconds * KEY_PER_SECOND);
  return refilled < 1 ? null : { left: refilled - 1, at: now };
}
