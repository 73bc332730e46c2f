import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { TierName } from "#app/ui/badge.tsx";
import type { Tier } from "#server/tiers/model.ts";

/** The tiers side by side, from the lowest up: who is in each, and what it takes to reach and to keep it. */
export function TierColumns({
  counts,
  locale,
}: {
  counts: readonly { tier: Tier; members: number }[];
  locale: Locale;
}) {
  const t = useTranslations("tiers");
  const { count, percent } = useFormats();
  const all = counts.reduce((sum, { members }) => sum + members, 0);
  return (
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-3">
      {counts.map(({ tier, members }) => {
        const share = all === 0 ? 0 : members / all;
        return (
          <li key={tier.code} className="grid content-start gap-2 rounded-lg border border-line p-3">
            <div>
              <TierName tier={tier.code}>{tier.name[locale]}</TierName>
            </div>
            <p className="text-xl font-strong">{count(members)}</p>
            <p className="text-sm text-ink-2">{t("desk.share", { share: percent(share) })}</p>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" className="h-1 w-full" aria-hidden>
              <rect width="100" height="4" rx="2" className="fill-sunken" />
              <rect width={share * 100} height="4" rx="2" className="fill-c1" />
            </svg>
            <dl className="grid grid-cols-[1fr_auto] gap-x-2 text-sm">
              <dt className="text-ink-2">{t("column.upgrade")}</dt>
              <dd className="text-end">{count(tier.upgradeAt)}</dd>
              <dt className="text-ink-2">{t("column.keep")}</dt>
              <dd className="text-end">{count(tier.keepAt)}</dd>
            </dl>
          </li>
        );
      })}
    </ul>
  );
}
