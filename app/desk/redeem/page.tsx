import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { param, type Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Redeem } from "./redeem.tsx";
import { StoreChoice } from "./store-choice.tsx";
import { TodaysBookings } from "./todays-bookings.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("redemption");
  return { title: t("title") };
}

/** Where store staff begin: one's store, a code, today's bookings. Made for a phone in one hand. */
export default async function RedeemPage({ searchParams }: { searchParams: Promise<Query> }) {
  const api = await server();
  const [t, locale, query, jar, stores] = await Promise.all([
    getTranslations("redemption"),
    getLocale(),
    searchParams,
    cookies(),
    api.benefits.redeem.myStores(),
  ]);
  const asked = param(query, "store") ?? jar.get("store")?.value;
  const store = stores.length === 1 ? stores[0] : stores.find(({ id }) => id === asked);
  const bookings = store && (await api.benefits.redeem.today({ storeId: store.id }));
  return (
    <ClientMessages of={["redemption", "benefits", "consents"]}>
      <div className="mx-auto max-w-[32rem] [--control-height:3.5rem] [--tap:3rem]">
        <PageHeader
          title={t("title")}
          description={store?.name[locale]}
          actions={
            store && stores.length > 1 && <LinkButton href="/desk/redeem?store=other">{t("store.change")}</LinkButton>
          }
        />
        <div className="grid gap-4">
          {stores.length === 0 && (
            <Card>
              <FirstUse title={t("store.none")}>{t("store.noneHint")}</FirstUse>
            </Card>
          )}
          {stores.length > 0 && store === undefined && (
            <Card title={t("store.choose")}>
              <StoreChoice stores={stores} />
            </Card>
          )}
          {store && (
            <Card>
              <Redeem key={store.id} storeId={store.id} />
            </Card>
          )}
          {bookings && <TodaysBookings bookings={bookings} />}
        </div>
      </div>
    </ClientMessages>
  );
}
