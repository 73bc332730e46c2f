import type { OfferSetId, Question, Quote, StoredQuestion, StoredResult } from "../model.ts";
import type { CompiledOffers } from "../rules.ts";

/** The question as it is kept. Keys always stand in this order, so equal questions are equal texts. */
export function storedQuestion({ tier, channel, at, lines, newMember, unlocked }: Question): StoredQuestion {
  return {
    tier,
    channel,
    at: at.toISOString(),
    lines: lines.map(({ sku, category, quantity, listPriceFen }) =>
      category === undefined ? { sku, quantity, listPriceFen } : { sku, category, quantity, listPriceFen },
    ),
    newMember: newMember === true,
    unlocked: [...(unlocked ?? [])].sort(),
  };
}

/** The question that was kept, to be asked again. */
export function questionOf(stored: StoredQuestion): Question {
  return { ...stored, at: new Date(stored.at) };
}

/** What of an answer is kept in plain sight; the rest is in its hash, and replays. */
export function storedResult({ totalFen, lines, offers }: Quote): StoredResult {
  return {
    totalFen,
    lines: lines.map((line) => line.totalFen),
    applied: offers.flatMap((offer) =>
      offer.applied ? [{ id: offer.id, version: offer.version, discountFen: offer.discountFen }] : [],
    ),
  };
}

/** All of an answer in one text: price, lines, and the reason of every offer in the order of the set. */
export function answerText({ totalFen, lines, offers }: Quote): string {
  return JSON.stringify([
    totalFen,
    lines.map((line) => line.totalFen),
    offers.map((offer) =>
      offer.applied ? [offer.discountFen, offer.grants.map(({ what, quantity }) => [what, quantity])] : offer.code,
    ),
  ]);
}

/**
 * What makes two questions the same to the fairness report: tier, cart, channel, the public facts given with it, the
 * versions, and which of their windows were open.
 */
export function groupText(offers: CompiledOffers, setId: OfferSetId, question: StoredQuestion): string {
  const at = Date.parse(question.at);
  const open = offers.prepared.map(({ from, to }) => (at < from ? "<" : at < to ? "=" : ">")).join("");
  return JSON.stringify([setId, open, { ...question, at: null }]);
}
