import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { tierName } from "#server/tiers/ladders/rules.ts";
import { lastDayBefore, type Mine } from "./mine.ts";

/** The tier as a card: its name, since when, until when, and the way to why. */
export function TierCard({ mine: { standing, ladder }, number }: { mine: Mine; number: string }) {
  const t = useTranslations("tiers.home");
  const locale = useLocale();
  const { date } = useFormats();
  const { tier, earned, since, keepUntil, graceUntil, manual } = standing;
  const held = tier === earned ? null : manual;
  const until = () => {
    if (graceUntil !== null) return t("grace", { date: date(lastDayBefore(graceUntil)) });
    return keepUntil === null ? t("forever") : t("keepUntil", { date: date(lastDayBefore(keepUntil)) });
  };
  return (
    <section
      data-tier={tier}
      aria-label={tierName(ladder.terms, tier, locale)}
      className="grid gap-1 rounded-card bg-(--tier-ground) p-5 text-(--tier-text)"
    >
      <p className="text-sm">{t("card", { number })}</p>
      <p className="text-num font-strong">{tierName(ladder.terms, tier, locale)}</p>
      {held ? (
        <p>{t("manual", { date: date(lastDayBefore(held.endsAt)), reason: held.reason })}</p>
      ) : (
        <p>
          {since === null ? t("sinceJoin") : t("since", { date: date(since) })} · {until()}
        </p>
      )}
      <Link
        href="/tier"
        prefetch={false}
        className="mt-1 inline-flex min-h-(--tap) w-fit items-center font-strong text-inherit underline underline-offset-4 focus-visible:outline-(--tier-text)"
      >
        {t("why")}
      </Link>
    </section>
  );
}
