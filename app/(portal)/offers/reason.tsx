import { useLocale, useTranslations } from "next-intl";
import { refusalText } from "#app/i18n/refusal.ts";
import type { Condition } from "#server/offers/model.ts";
import type { TierNames } from "./names.ts";

/** Why an offer does not apply, with tiers and channels by their names. */
export function Reason({ code, condition, tiers }: { code: string; condition: Condition; tiers: TierNames }) {
  return useReason(tiers)(code, condition);
}

export function useReason(tiers: TierNames): (code: string, condition: Condition) => string {
  const t = useTranslations("refusals");
  const channel = useTranslations("offers.channels");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const named: Readonly<Record<string, (code: string) => string>> = {
    tiers: (code) => tiers[code] ?? code,
    channels: (code) => channel(code),
  };
  return (code, condition) => {
    const readable = Object.entries(condition).map(([key, value]) => {
      const name = named[key];
      return [key, name === undefined ? value : String(value).split(", ").map(name).join(shell("listComma"))];
    });
    return refusalText(t, locale, code, Object.fromEntries(readable));
  };
}
