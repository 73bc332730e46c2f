import type { OrderStatus } from "../../tiers/model.ts";
import type { AfterSaleWord, Layout, Word } from "../formats/format.ts";

/** What a row says, word by word; amounts in fen, -1 where it says nothing. */
export type Told = {
  readonly word: Word;
  readonly afterSale: AfterSaleWord;
  readonly paid: number;
  readonly refund: number;
  readonly lineAmount: number;
  readonly everPaid: boolean;
};

/** What it means, the same for every platform. */
export type Settled = {
  readonly status: OrderStatus;
  readonly paid: number;
  readonly refund: number;
  readonly refundUnknown: boolean;
};

/**
 * Brings a row's words and amounts together: nothing is paid for an order that was only placed or closed; money back in
 * full ends the line; money back without an amount is said to be unknown, never guessed, while the order lives on.
 */
export function settle(layout: Layout, told: Told): Settled {
  const { word, afterSale } = told;
  const stated = layout.refundIs === "asked" && afterSale !== "back" ? 0 : Math.max(told.refund, 0);
  const moneyBack = afterSale === "back" || stated > 0;
  const paid = layout.paidIs === "net" && told.paid < stated ? told.paid + stated : told.paid;
  const whole = layout.paidScope === layout.refundScope ? paid : told.lineAmount;
  const returned = whole < 0 ? stated : Math.min(stated, whole);
  const over = {
    status: "refunded",
    paid,
    refund: returned > 0 ? returned : Math.max(whole, 0),
    refundUnknown: false,
  } as const;
  const never = { paid: 0, refund: 0, refundUnknown: false } as const;
  switch (word) {
    case "placed":
    case "closed":
      return { status: word, ...never };
    case "ended":
      return moneyBack ? over : { status: "closed", ...never };
    case "ended-if-paid":
      return told.everPaid ? over : { status: "closed", ...never };
    case "refunded":
      return over;
    case "paid":
    case "shipped":
    case "completed":
    case "refunding":
      if (afterSale !== "asked" && returned > 0 && whole > 0 && returned >= whole) return over;
      return {
        status: afterSale === "asked" ? "refunding" : word,
        paid,
        refund: returned,
        refundUnknown: afterSale === "back" && returned === 0 && whole !== 0,
      };
  }
}
