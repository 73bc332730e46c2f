import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { quietServer } from "#app/trpc/server.ts";
import type { Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { askedOf, linesOf } from "./cart.ts";
import { CartForm } from "./cart-form.tsx";
import { CartPrices } from "./cart-prices.tsx";
import { tierNamesOf } from "./names.ts";
import { OfferCard } from "./offer-card.tsx";
import { PriceList } from "./price-list.tsx";

export async function generateMetadata() {
  const t = await getTranslations("offers.portal");
  return { title: t("title") };
}

/** Offers: mine first, then those of the other tiers, with the price of every tier shown openly. Anybody may read it. */
export default async function OffersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [api, asked] = await Promise.all([quietServer(), searchParams.then(askedOf)]);
  const [t, channelName, locale, rulebook, list, me] = await Promise.all([
    getTranslations("offers.portal"),
    getTranslations("offers.channels"),
    getLocale(),
    api.offers.rulebook(),
    api.offers.priceList({ channel: asked.channel }),
    api.offers.mine().catch(() => null),
  ]);
  const tiers = tierNamesOf(list.tiers, locale);
  const products = list.rows.map(({ product }) => product);
  const lines = linesOf(asked, products);
  const open = rulebook.filter(({ state }) => state === "live" || state === "scheduled");
  const isMine = (offer: (typeof open)[number]) => me === null || offer.terms.conditions.tiers.includes(me.tier);
  const [mine, others] = [open.filter(isMine), open.filter((offer) => !isMine(offer))];
  const myTier = me === null ? null : (tiers[me.tier] ?? me.tier);
  return (
    <div className="grid gap-6">
      <PageHeader title={t("title")} description={t("description")} />
      <section className="grid gap-3">
        {myTier === null ? (
          <p className="flex flex-wrap items-center gap-3 text-ink-2">
            {t("signedOut")} <LinkButton href="/join?next=%2Foffers">{t("signIn")}</LinkButton>
          </p>
        ) : (
          <>
            <h2 className="text-lg font-strong">{t("mine")}</h2>
            <p className="text-ink-2">{t("mineHint", { tier: myTier })}</p>
          </>
        )}
        {mine.length === 0 && <p className="text-ink-2">{t("mineNone")}</p>}
        <ul className="grid gap-3">
          {mine.map((offer) => (
            <OfferCard key={offer.id} offer={offer} tiers={tiers} />
          ))}
        </ul>
      </section>
      {products.length > 0 && (
        <Card title={t("prices")}>
          <p className="mb-3 text-ink-2">{t("pricesHint", { channel: channelName(asked.channel) })}</p>
          <PriceList list={list} tiers={tiers} mine={me?.tier ?? null} />
        </Card>
      )}
      {products.length > 0 && (
        <Card title={t("calculate")}>
          <p className="mb-3 text-ink-2">{t("calculateHint")}</p>
          <CartForm products={products} asked={asked} />
        </Card>
      )}
      {lines.length > 0 && (
        <ClientMessages of={[]}>
          <CartPrices cart={{ lines, channel: asked.channel }} me={me} rulebook={rulebook} products={products} />
        </ClientMessages>
      )}
      {me !== null && others.length > 0 && (
        <section className="grid gap-3">
          <h2 className="text-lg font-strong">{t("others")}</h2>
          <ul className="grid gap-3">
            {others.map((offer) => (
              <OfferCard key={offer.id} offer={offer} tiers={tiers} />
            ))}
          </ul>
        </section>
      )}
      <p>
        <TextLink href="/rules">{t("rules")}</TextLink>
      </p>
    </div>
  );
}
