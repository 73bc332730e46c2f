"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TierNames } from "#app/(portal)/offers/names.ts";
import { useFormats } from "#app/format/use.ts";
import { trpc } from "#app/trpc/client.ts";
import { TierName } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { NumberField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Table } from "#app/ui/table.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { OfferId } from "#server/core/id.ts";
import type { OfferTerms } from "#server/offers/kinds/index.ts";
import { type Outcome, Simulate, type Simulation } from "#server/offers/simulation/model.ts";

/** Tries terms on the orders of the last days: what they would cost, tier beside tier. */
export function SimulationCard({ offerId, terms, tiers }: { offerId: OfferId; terms: OfferTerms; tiers: TierNames }) {
  const t = useTranslations("offers.simulation");
  const [found, setFound] = useState<Simulation | null>(null);
  const form = useSubmit({
    send: (data) => trpc.offers.simulate.mutate(Simulate.parse({ offerId, terms, days: Number(data.get("days")) })),
    done: setFound,
  });
  return (
    <Card title={t("title")}>
      <div className="grid gap-4">
        <p className="text-ink-2">{t("hint")}</p>
        <form {...form.props} className="flex flex-wrap items-end gap-3">
          <FormProblem form={form} signIn="/desk/sign-in" />
          <NumberField {...form.field("days")} label={t("days")} defaultValue="30" maxLength={3} />
          <SubmitButton form={form}>{t("run")}</SubmitButton>
        </form>
        <div aria-live="polite" className="grid gap-4">
          {found && <Found found={found} tiers={tiers} />}
        </div>
      </div>
    </Card>
  );
}

function Found({ found, tiers }: { found: Simulation; tiers: TierNames }) {
  const t = useTranslations("offers.simulation");
  const { count } = useFormats();
  if (found.everyTier.length === 0) return <p>{t("none")}</p>;
  return (
    <>
      <p>
        {t("seen", { orders: count(found.orders), without: count(found.withoutItems) })}
        {found.truncated && ` ${t("truncated", { orders: count(found.orders) })}`}
      </p>
      <Outcomes caption={t("everyTier")} outcomes={found.everyTier} tiers={tiers} />
      {found.owners.length > 0 && <Outcomes caption={t("owners")} outcomes={found.owners} tiers={tiers} />}
    </>
  );
}

function Outcomes({ caption, outcomes, tiers }: { caption: string; outcomes: readonly Outcome[]; tiers: TierNames }) {
  const t = useTranslations("offers.simulation");
  const { money, count, percent } = useFormats();
  return (
    <Table
      caption={caption}
      rows={outcomes}
      rowKey={({ tier }) => tier}
      columns={[
        {
          key: "tier",
          header: t("tier"),
          names: true,
          cell: ({ tier }) => <TierName tier={tier}>{tiers[tier] ?? tier}</TierName>,
        },
        { key: "orders", header: t("orders"), align: "end", cell: ({ orders }) => count(orders) },
        {
          key: "reached",
          header: t("reached"),
          align: "end",
          cell: ({ orders, reached }) => t("share", { share: percent(reached / orders) }),
        },
        { key: "list", header: t("list"), align: "end", cell: ({ listFen }) => money(listFen) },
        { key: "before", header: t("before"), align: "end", cell: ({ beforeFen }) => money(beforeFen) },
        { key: "after", header: t("after"), align: "end", cell: ({ afterFen }) => money(afterFen) },
        {
          key: "cost",
          header: t("cost"),
          align: "end",
          cell: ({ beforeFen, afterFen }) => <span className="font-strong">{money(beforeFen - afterFen)}</span>,
        },
      ]}
    />
  );
}
