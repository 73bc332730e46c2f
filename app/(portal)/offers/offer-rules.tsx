import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { tierNamesOf, tiersInForce } from "./names.ts";
import { TermsList } from "./terms-list.tsx";
import { VersionChanges } from "./version-changes.tsx";

const tones = { live: "ok", scheduled: "info", ended: "neutral", retired: "neutral", draft: "draft" } as const;

/** The offers' part of the public rulebook: policy, all terms, every version and what it changed. */
export async function OfferRules() {
  const api = await server();
  const [t, state, f, locale, rulebook, ladder] = await Promise.all([
    getTranslations("offers.rulesPage"),
    getTranslations("offers.states"),
    formats(),
    getLocale(),
    api.offers.rulebook(),
    tiersInForce(api),
  ]);
  const tiers = tierNamesOf(ladder, locale);
  return (
    <Card title={t("title")}>
      <p className="mb-4 text-ink-2">{t("hint")}</p>
      <h3 className="font-strong">{t("policy")}</h3>
      <p className="mb-4">{t("policyText")}</p>
      {rulebook.length === 0 && <p className="text-ink-2">{t("none")}</p>}
      <div className="grid gap-6">
        {rulebook.map((offer) => (
          <section key={offer.id} className="grid gap-2 border-t border-line pt-4">
            <h3 className="flex flex-wrap items-center gap-2 font-strong">
              {offer.terms.title[locale]} <Badge tone={tones[offer.state]}>{state(offer.state)}</Badge>
            </h3>
            <TermsList offer={offer} tiers={tiers} />
            {offer.versions.map((version) => (
              <div key={version.id} className="grid gap-1">
                <p className="text-sm text-ink-2">
                  {t("changed", { version: version.version, at: f.dateTime(version.effectiveFrom) })}
                  {version.changes.length === 0 && ` · ${t("first")}`}
                </p>
                {version.changes.length > 0 && (
                  <VersionChanges caption={t("history")} changes={version.changes} kind={version.kind} tiers={tiers} />
                )}
              </div>
            ))}
          </section>
        ))}
      </div>
    </Card>
  );
}
