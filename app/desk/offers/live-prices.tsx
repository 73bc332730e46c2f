"use client";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { TierNames } from "#app/(portal)/offers/names.ts";
import { Reason } from "#app/(portal)/offers/reason.tsx";
import { Given } from "#app/(portal)/offers/sentence.tsx";
import { useFormats } from "#app/format/use.ts";
import { useRefusals } from "#app/i18n/refusals.client.ts";
import { refusalOf, trpc } from "#app/trpc/client.ts";
import { TierName } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { NumberField, Select } from "#app/ui/field.tsx";
import { Table } from "#app/ui/table.tsx";
import type { OfferId } from "#server/core/id.ts";
import type { OfferTerms } from "#server/offers/kinds/index.ts";
import { Channel, channels, type Quote } from "#server/offers/model.ts";
import type { ShowcaseProduct } from "#server/offers/showcase/model.ts";

type Tried = Awaited<ReturnType<typeof trpc.offers.tryTerms.query>>;
/** How long typing must rest before the price is asked for. */
const REST_MS = 350;

/** One cart in every tier, now and with the terms in force: what `quote` answers, nothing computed here. */
export function LivePrices({
  offerId,
  terms,
  tiers,
  products,
}: {
  offerId: OfferId | null;
  /** Null while they are incomplete. */
  terms: OfferTerms | null;
  tiers: TierNames;
  products: readonly ShowcaseProduct[];
}) {
  const t = useTranslations("offers");
  const locale = useLocale();
  const { money } = useFormats();
  const say = useRefusals();
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(products.map(({ sku }) => [sku, 1])),
  );
  const [channel, setChannel] = useState<Channel>("miniProgram");
  const [tried, setTried] = useState<Tried | string | null>(null);
  const question = JSON.stringify({ terms, quantities, channel });

  useEffect(() => {
    const {
      terms,
      quantities,
      channel,
    }: { terms: OfferTerms | null; quantities: Record<string, number>; channel: Channel } = JSON.parse(question);
    const lines = products.flatMap(({ sku, category, listPriceFen }) =>
      (quantities[sku] ?? 0) > 0 ? [{ sku, category, listPriceFen, quantity: quantities[sku] ?? 0 }] : [],
    );
    if (terms === null || lines.length === 0) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      trpc.offers.tryTerms
        .query({ offerId, terms, lines, channel }, { signal: abort.signal })
        .then(setTried)
        .catch((reason: unknown) => {
          if (!abort.signal.aborted) setTried(refusalOf(reason).code);
        });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [question, offerId, products]);

  return (
    <Card title={t("preview.title")} className="xl:sticky xl:top-4">
      <div className="grid gap-4">
        <p className="text-ink-2">{products.length === 0 ? t("preview.noProducts") : t("preview.hint")}</p>
        <Select
          name="previewChannel"
          label={t("preview.channel")}
          value={channel}
          onChange={(event) => setChannel(Channel.parse(event.target.value))}
          options={channels.map((value) => ({ value, label: t(`channels.${value}`) }))}
        />
        <details>
          <summary className="flex min-h-(--tap) cursor-pointer items-center text-brand">{t("preview.cart")}</summary>
          <div className="grid gap-3 pt-2 sm:grid-cols-2">
            {products.map(({ sku, name, listPriceFen }) => (
              <NumberField
                key={sku}
                name={`cart-${sku}`}
                label={t("preview.quantity", { name: name[locale] })}
                hint={money(listPriceFen)}
                maxLength={3}
                defaultValue={String(quantities[sku] ?? 0)}
                onChange={(event) =>
                  setQuantities({
                    ...quantities,
                    [sku]: Math.min(999, Math.max(0, Math.floor(Number(event.target.value)) || 0)),
                  })
                }
              />
            ))}
          </div>
        </details>
        <div aria-live="polite" className="grid gap-3">
          {terms === null && <p className="text-ink-2">{t("preview.incomplete")}</p>}
          {terms !== null && products.length > 0 && tried === null && (
            <p className="text-ink-2">{t("preview.waiting")}</p>
          )}
          {typeof tried === "string" && <p className="text-bad">{t("preview.failed", { reason: say(tried) })}</p>}
          {tried !== null && typeof tried !== "string" && <TriedPrices tried={tried} tiers={tiers} />}
        </div>
      </div>
    </Card>
  );
}

function TriedPrices({ tried, tiers }: { tried: Tried; tiers: TierNames }) {
  const t = useTranslations("offers.preview");
  const { money } = useFormats();
  const rows = tried.after.map(({ tier, quote }) => ({
    tier,
    before: tried.before.find((price) => price.tier === tier)?.quote.totalFen ?? quote.listFen,
    quote,
  }));
  return (
    <>
      <p className="text-sm text-ink-3">{t("list", { amount: money(rows[0]?.quote.listFen) })}</p>
      <Table
        caption={t("title")}
        hideCaption
        rows={rows}
        rowKey={({ tier }) => tier}
        columns={[
          {
            key: "tier",
            header: t("tier"),
            names: true,
            cell: ({ tier, quote }) => (
              <div className="grid justify-items-start gap-0.5">
                <TierName tier={tier}>{tiers[tier] ?? tier}</TierName>
                <span className="text-sm text-ink-2">
                  <Applies quote={quote} offerId={tried.offerId} tiers={tiers} />
                </span>
              </div>
            ),
          },
          { key: "before", header: t("before"), align: "end", cell: ({ before }) => money(before) },
          {
            key: "after",
            header: t("after"),
            align: "end",
            cell: ({ quote }) => <span className="font-strong">{money(quote.totalFen)}</span>,
          },
          {
            key: "change",
            header: t("change"),
            align: "end",
            cell: ({ before, quote }) => (quote.totalFen === before ? t("same") : money(quote.totalFen - before)),
          },
        ]}
      />
    </>
  );
}

function Applies({ quote, offerId, tiers }: { quote: Quote; offerId: string; tiers: TierNames }) {
  const t = useTranslations("offers.preview");
  const { money } = useFormats();
  const answer = quote.offers.find(({ id }) => id === offerId);
  if (answer === undefined) return "--";
  if (!answer.applied) return <Reason code={answer.code} condition={answer.condition} tiers={tiers} />;
  return (
    <>
      {t("reached")} {answer.discountFen > 0 && `−${money(answer.discountFen)} `}
      <Given grants={answer.grants} />
    </>
  );
}
