import { no, type Verdict, yes } from "../../core/refusal.ts";
import { PASSWORD_MIN } from "../model.ts";
import { commonPasswords } from "./denied.ts";

/**
 * Whether a new password is good enough: long enough, and not one that guessing starts with. No rule about kinds of
 * characters (NIST SP 800-63B). No: PASSWORD_SHORT with `{ min }`, PASSWORD_COMMON.
 */
export function mayUsePassword(password: string, email: string): Verdict {
  if ([...password].length < PASSWORD_MIN) return no("PASSWORD_SHORT", { min: PASSWORD_MIN });
  const lower = password.toLowerCase();
  const words = lower.replace(/[^a-z]+/g, " ").trim();
  const core = lower.replace(/^[^a-z]+|[^a-z]+$/g, "");
  const name = email.slice(0, email.lastIndexOf("@")).toLowerCase();
  const isCommon =
    [lower, words, core].some((form) => commonPasswords.has(form)) ||
    core === name ||
    new Set(lower).size < 5 ||
    isRun(lower) ||
    isRepetition(lower);
  return isCommon ? no("PASSWORD_COMMON") : yes;
}

/** Each character the next one, or the one before, of the character set: abcdefghijkl, 987654321098. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((char, index) => char.charCodeAt(0) - text.charCodeAt(index));
  return steps.filter((step) => Math.abs(step) <= 1).length >= steps.length - 1;
}

/** One short piece again and again: abcabcabcabc, passwordpassword. */
function isRepetition(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length && (text + text).indexOf(text, 1) <= text.length / 2;
}
