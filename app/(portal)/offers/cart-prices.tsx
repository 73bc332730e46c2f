import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { quietServer } from "#app/trpc/server.ts";
import { TierName } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import type { Caller } from "#server/api/root.ts";
import type { PreviewCart, ShowcaseProduct } from "#server/offers/showcase/model.ts";
import { Answers, QuotedLines } from "./answers.tsx";
import { KeepRecord } from "./keep-record.tsx";
import { type RulebookOffer, tierNamesOf } from "./names.ts";

type Me = Awaited<ReturnType<Caller["offers"]["mine"]>>;

/** What the cart costs in every tier, and for the reader's own tier why. */
export async function CartPrices({
  cart,
  me,
  rulebook,
  products,
}: {
  cart: PreviewCart;
  me: Me | null;
  rulebook: readonly RulebookOffer[];
  products: readonly ShowcaseProduct[];
}) {
  const api = await quietServer();
  const [t, f, locale, { tiers, prices }] = await Promise.all([
    getTranslations("offers.portal"),
    formats(),
    getLocale(),
    api.offers.pricesByTier(cart),
  ]);
  const names = tierNamesOf(tiers, locale);
  const shown = prices.find(({ tier }) => tier === me?.tier) ?? prices[0];
  const titles = new Map(rulebook.map(({ id, terms }) => [id, terms.title]));
  const productNames = new Map(products.map(({ sku, name }) => [sku, name]));
  return (
    <Card title={t("result")}>
      <div className="grid gap-4">
        <ul className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-3">
          {prices.map(({ tier, quote }) => (
            <li key={tier} className="grid gap-1 rounded-lg border border-line p-3">
              <TierName tier={tier}>{names[tier] ?? tier}</TierName>
              <span className="text-xl font-strong tabular-nums">{f.money(quote.totalFen)}</span>
              {quote.totalFen < quote.listFen && (
                <span className="text-sm text-ok">
                  {t("saved", { amount: f.money(quote.listFen - quote.totalFen) })}
                </span>
              )}
            </li>
          ))}
        </ul>
        {shown && (
          <>
            <h3 className="font-strong">
              {t("why")} · {names[shown.tier] ?? shown.tier}
            </h3>
            <QuotedLines caption={t("result")} lines={shown.quote.lines} names={productNames} />
            <Answers caption={t("why")} answers={shown.quote.offers} titles={titles} tiers={names} />
          </>
        )}
        {me !== null && (
          <div className="grid gap-2">
            <p className="text-sm text-ink-2">{t("recordHint")}</p>
            <KeepRecord cart={cart} label={t("record")} />
          </div>
        )}
      </div>
    </Card>
  );
}
