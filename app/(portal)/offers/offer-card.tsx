import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge, TierName } from "#app/ui/badge.tsx";
import { NEW_MEMBER_DAYS } from "#server/offers/model.ts";
import type { RulebookOffer, TierNames } from "./names.ts";
import { Sentence } from "./sentence.tsx";
import { TermsList } from "./terms-list.tsx";

/** An offer as members read it: what it gives, for whom, until when; all its terms one tap away. */
export function OfferCard({ offer, tiers }: { offer: RulebookOffer; tiers: TierNames }) {
  const t = useTranslations("offers");
  const locale = useLocale();
  const { dateTime } = useFormats();
  const { title, conditions } = offer.terms;
  const { from, to } = conditions.window;
  return (
    <li className="grid gap-2 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="me-auto font-strong">{title[locale]}</h3>
        {offer.state === "scheduled" && (
          <Badge tone="info">{t("portal.starts", { at: dateTime(new Date(from)) })}</Badge>
        )}
      </div>
      <p>
        <Sentence {...offer} />
      </p>
      <p className="flex flex-wrap gap-1.5">
        {conditions.tiers.map((code) => (
          <TierName key={code} tier={code}>
            {tiers[code] ?? code}
          </TierName>
        ))}
      </p>
      <p className="text-sm text-ink-2">
        {to === null ? t("portal.always") : t("portal.until", { at: dateTime(new Date(to)) })}
        {conditions.newMemberOnly && ` · ${t("terms.newMember", { days: NEW_MEMBER_DAYS })}`}
        {conditions.codeRequired && ` · ${t("terms.codeNeeded")}`}
      </p>
      <details>
        <summary className="flex min-h-(--tap) cursor-pointer items-center text-brand">{t("portal.terms")}</summary>
        <div className="pt-2">
          <TermsList offer={offer} tiers={tiers} />
        </div>
      </details>
    </li>
  );
}
