import { no, type Verdict, yes } from "../../core/refusal.ts";
import { businessDay, DAY_MS } from "../../core/time.ts";
import type { CapPeriod, StoredQuestion, StoredResult } from "../model.ts";

/** How far the instant of a quote may lie from now for it still to be used. */
const QUOTE_KEPT_MS = DAY_MS;

/** Names the period of a cap in which an instant falls: `2026-06-15`, `2026-W25`-like weeks by their Monday, `2026-06`. */
export function periodOf(period: CapPeriod, at: Date): string {
  const day = businessDay(at);
  if (period === "day") return day;
  if (period === "month") return day.slice(0, 7);
  if (period === "campaign") return "campaign";
  const noon = new Date(`${day}T12:00:00Z`);
  const sinceMonday = (noon.getUTCDay() + 6) % 7;
  return `week ${new Date(noon.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10)}`;
}

/** Whether the offer of a quote may be used by somebody of whom these public facts are true now. */
export function mayReserve(
  question: StoredQuestion,
  result: StoredResult,
  offerId: string,
  facts: { readonly tier: string; readonly newMember: boolean },
  now: Date,
): Verdict {
  if (Math.abs(Date.parse(question.at) - now.getTime()) > QUOTE_KEPT_MS) return no("DECISION_STALE");
  if (!result.applied.some(({ id }) => id === offerId)) return no("OFFER_NOT_APPLIED");
  if (question.tier !== facts.tier) return no("TIER_CHANGED", { quoted: question.tier, tier: facts.tier });
  if (question.newMember && !facts.newMember) return no("NOT_NEW_MEMBER");
  return yes;
}
