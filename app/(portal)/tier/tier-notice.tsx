import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "#app/format/use.ts";
import { TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { tierName } from "#server/tiers/ladders/rules.ts";
import { lastDayBefore, type Mine } from "./mine.ts";

/**
 * The one thing a member should hear today: that the tier is about to be lost, else that new rules are announced, else
 * something else.
 */
export function TierNotice({ mine: { standing, ladder, next, at }, otherwise }: { mine: Mine; otherwise: ReactNode }) {
  const t = useTranslations("tiers.home");
  const locale = useLocale();
  const { date, count } = useFormats();
  const { willFall, toKeep, projectedTier, earned } = standing;
  if (willFall !== null && willFall.toldFrom <= at && toKeep !== null) {
    const name = (code: string) => tierName(ladder.terms, code, locale);
    return (
      <Notice tone="warn" title={t("willFall", { date: date(lastDayBefore(willFall.at)), tier: name(projectedTier) })}>
        {t("willFallHint", { missing: count(toKeep.missing), current: name(earned) })}
      </Notice>
    );
  }
  if (next === null) return otherwise;
  return (
    <Notice title={t("announced", { date: date(next.effectiveFrom) })}>
      {t("announcedHint")} <TextLink href="/rules">{t("rules")}</TextLink>
    </Notice>
  );
}
