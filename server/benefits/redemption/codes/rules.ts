import type { Limit } from "../../../core/limits.ts";
import type { CodeState } from "../../model.ts";

/** How many codes of one benefit can be used at a time: the one on screen and those it has just replaced. */
export const MAX_OPEN_CODES = 3;
/** How often a member is shown a code: a page asks every three minutes, on some devices at once. */
export const SHOWN: readonly Limit[] = [{ count: 40, windowMs: 10 * 60_000 }];
/** How often a member of staff may look up what is no code: digits cannot be guessed at this pace. */
export const MISSED: readonly Limit[] = [
  { count: 10, windowMs: 60_000 },
  { count: 60, windowMs: 3_600_000 },
];

/** Why a code cannot be used: revoked, used, or too old, in this order; null when it can. */
export function codeRefusal(code: { readonly state: CodeState; readonly expiresAt: Date }, at: Date) {
  if (code.state === "revoked") return "REDEMPTION_CODE_REVOKED";
  if (code.state === "used") return "REDEMPTION_CODE_USED";
  return code.expiresAt <= at ? "REDEMPTION_CODE_EXPIRED" : null;
}
