import { ProposePoints } from "#server/points/model.ts";

/** The terms that a form holds, every value as it was typed. Without a number of months points never expire. */
export function termsIn(data: FormData): ProposePoints {
  const number = (name: string) => Number(data.get(`terms.${name}`) || Number.NaN);
  const months = String(data.get("terms.expiry.months") ?? "").trim();
  return ProposePoints.parse({
    terms: {
      perYuan: { numerator: number("perYuan.numerator"), denominator: number("perYuan.denominator") },
      expiry: months === "" ? null : { months: Number(months), roundTo: data.get("terms.expiry.roundTo") },
      negative: data.get("terms.negative"),
    },
  });
}
