import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { Progress } from "#app/ui/progress.tsx";
import { tierName } from "#server/tiers/ladders/rules.ts";
import type { Mine } from "./mine.ts";

/** How far it is to the next tier and to keeping this one: amounts in words, and until when. */
export function TierProgress({ mine: { standing, ladder } }: { mine: Mine }) {
  const t = useTranslations("tiers.home");
  const locale = useLocale();
  const { count, date } = useFormats();
  const { toRise, toKeep, growth, pending, earned } = standing;
  const ratio = (have: number, need: number) => t("ratio", { have: count(have), need: count(need) });
  const missing = (amount: number, by: Date | null) =>
    by === null
      ? t("riseMissing", { missing: count(amount) })
      : t("riseBy", { missing: count(amount), date: date(by) });
  return (
    <Card title={t("progress")}>
      <div className="grid gap-4">
        {toRise === null ? (
          <p>{t("top")}</p>
        ) : (
          <div className="grid gap-1">
            <Progress
              label={t("toRise", { tier: tierName(ladder.terms, toRise.tier, locale) })}
              value={growth}
              max={toRise.threshold}
              text={ratio(growth, toRise.threshold)}
            />
            <p className="text-sm text-ink-2">{missing(toRise.missing, toRise.by)}</p>
          </div>
        )}
        {toKeep !== null && (
          <div className="grid gap-1">
            <Progress
              label={t("toKeep", { tier: tierName(ladder.terms, earned, locale) })}
              value={toKeep.earned}
              max={toKeep.threshold}
              text={ratio(toKeep.earned, toKeep.threshold)}
            />
            <p className="text-sm text-ink-2">
              {toKeep.missing === 0
                ? t("keepDone")
                : t("keepMissing", { date: date(toKeep.by), missing: count(toKeep.missing) })}
            </p>
          </div>
        )}
        {pending > 0 && <p className="text-ink-2">{t("pending", { growth: count(pending) })}</p>}
      </div>
    </Card>
  );
}
