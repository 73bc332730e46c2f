import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { Sentence } from "../offers/sentence.tsx";

/** Offers shown on the home page: as many as a glance takes. */
const SHOWN = 3;

/** What a member of this tier can use now; the same for everybody in it. */
export async function UsableOffers({ tier }: { tier: string }) {
  const api = await server();
  const [t, f, locale, offers] = await Promise.all([
    getTranslations("tiers.home"),
    formats(),
    getLocale(),
    api.offers.ofTier({ tier }),
  ]);
  return (
    <Card title={t("offers")} actions={<LinkButton href="/offers">{t("allOffers")}</LinkButton>}>
      {offers.length === 0 ? (
        <p className="text-ink-2">{t("offersNone")}</p>
      ) : (
        <ul className="grid gap-3">
          {offers.slice(0, SHOWN).map((offer) => {
            const { title, conditions } = offer.terms;
            const { to } = conditions.window;
            return (
              <li key={offer.id}>
                <p className="font-strong">{title[locale]}</p>
                <p>
                  <Sentence {...offer} />
                </p>
                {to !== null && <p className="text-sm text-ink-2">{t("offerUntil", { date: f.date(new Date(to)) })}</p>}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
