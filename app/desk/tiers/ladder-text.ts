import type { LadderTerms } from "#server/tiers/model.ts";

/** A tier as it stands in the fields of the form; `key` tells rows apart while codes are being typed. */
export type TierText = { key: string; code: string; nameZh: string; nameEn: string; upgradeAt: string; keepAt: string };

/** A ladder as it stands in the fields of the form. */
export type LadderText = {
  tiers: readonly TierText[];
  kind: string;
  days: string;
  downgrade: string;
  graceDays: string;
  noticeDays: string;
  numerator: string;
  denominator: string;
  returnWindowDays: string;
};

/** Terms as text to edit. */
export function textOf(terms: LadderTerms): LadderText {
  const { qualification, growth } = terms;
  return {
    tiers: terms.tiers.map(({ code, name, upgradeAt, keepAt }) => ({
      key: code,
      code,
      nameZh: name["zh-CN"],
      nameEn: name.en,
      upgradeAt: String(upgradeAt),
      keepAt: String(keepAt),
    })),
    kind: qualification.kind,
    days: qualification.kind === "rolling" ? String(qualification.days) : "365",
    downgrade: terms.downgrade,
    graceDays: String(terms.graceDays),
    noticeDays: String(terms.noticeDays),
    numerator: String(growth.perYuan.numerator),
    denominator: String(growth.perYuan.denominator),
    returnWindowDays: String(growth.returnWindowDays),
  };
}

/** What was typed, for `LadderTerms` to judge: a field that holds no number becomes none. */
export function termsOf(text: LadderText) {
  return {
    tiers: text.tiers.map(({ code, nameZh, nameEn, upgradeAt, keepAt }) => ({
      code: code.trim(),
      name: { "zh-CN": nameZh, en: nameEn },
      upgradeAt: number(upgradeAt),
      keepAt: number(keepAt),
    })),
    qualification: text.kind === "rolling" ? { kind: text.kind, days: number(text.days) } : { kind: text.kind },
    downgrade: text.downgrade,
    graceDays: number(text.graceDays),
    noticeDays: number(text.noticeDays),
    growth: {
      perYuan: { numerator: number(text.numerator), denominator: number(text.denominator) },
      returnWindowDays: number(text.returnWindowDays),
    },
  };
}

/** A row for a further tier, with a key that no row has. */
export function emptyTier(tiers: readonly TierText[]): TierText {
  const taken = new Set(tiers.map(({ key }) => key));
  let next = tiers.length;
  while (taken.has(`row ${next}`)) next += 1;
  return { key: `row ${next}`, code: "", nameZh: "", nameEn: "", upgradeAt: "", keepAt: "" };
}

/** Digits, full-width ones and separators forgiven. */
function number(typed: string): number | null {
  const digits = typed.normalize("NFKC").replaceAll(/[\s,]/g, "");
  return /^\d+$/.test(digits) ? Number(digits) : null;
}
