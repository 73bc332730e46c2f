import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { lastDayBefore } from "../tier/mine.ts";
import type { OwnBenefit } from "./benefits.ts";

/** How often a benefit can be used, and what of an unused one is kept. */
export function Quota({ quota: { count, period, rollover } }: Pick<OwnBenefit, "quota">) {
  const t = useTranslations("benefits.mine");
  const often = t("quota", { period, count });
  return rollover === 0 ? often : t("rollover", { often, count: rollover });
}

/** What is left of it and until when; nothing where the tier has none and nothing was given by hand. */
export function UsesLeft({ uses: { fromTier, granted, allowance, renewsAt } }: Pick<OwnBenefit, "uses">) {
  const t = useTranslations("benefits.mine");
  const { date } = useFormats();
  return (
    <>
      {allowance > 0 && <p>{t("left", { left: fromTier, date: date(lastDayBefore(renewsAt)) })}</p>}
      {granted > 0 && <p>{t("granted", { count: granted })}</p>}
    </>
  );
}
