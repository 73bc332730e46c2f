import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LOOKED_AT } from "#server/orders/console/model.ts";
import { formats } from "../../../format/server.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { server } from "../../../trpc/server.ts";
import { address, param, type Query } from "../../../ui/address.ts";
import { Card } from "../../../ui/card.tsx";
import { FirstUse, NoMatch } from "../../../ui/empty-state.tsx";
import { LinkButton } from "../../../ui/link.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { cursorText } from "../../list-address.ts";
import { currentStaff } from "../../session.ts";
import { ExportOrders } from "./export-orders.tsx";
import { Filters } from "./filters.tsx";
import { FoundOrders } from "./found-orders.tsx";
import { NumberSearch } from "./number-search.tsx";
import { consolePath, searchIn } from "./search-address.ts";
import { TailSearch } from "./tail-search.tsx";
import { Views } from "./views.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orderConsole");
  return { title: t("title") };
}

/** The order console. The address holds the filters and the place in the list; full numbers and tails never stand in it. */
export default async function ConsolePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { asked, filter, unknown } = searchIn(query);
  const api = await server();
  const [found, saved, recent, me, t, all, f] = await Promise.all([
    api.orders.console.search(asked),
    api.orders.console.views(),
    api.orders.batches({}),
    currentStaff(),
    getTranslations("orderConsole"),
    getTranslations("orders"),
    formats(),
  ]);
  const may = (permission: "order:dial" | "order:export") => me?.permissions.includes(permission) === true;
  const next = found.after && cursorText({ at: found.after.placedAt, id: found.after.id });
  const further = next && address(consolePath, query, { after: next });
  const isFiltered = Object.keys(filter).length + unknown.size > 0;
  const isFirst = param(query, "after") === undefined;
  const isEmpty = found.orders.length === 0;
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        back={{ href: "/desk/orders", label: all("back") }}
        actions={
          <ClientMessages of={["orderConsole", "orders"]}>
            {may("order:dial") && <TailSearch />}
            {may("order:export") && !isEmpty && <ExportOrders filter={filter} />}
          </ClientMessages>
        }
      />
      <Card className="grid gap-4">
        <Views filter={filter} saved={saved} />
        <ClientMessages of={["orderConsole", "orders"]}>
          <NumberSearch />
        </ClientMessages>
        <Filters query={query} unknown={unknown} batches={recent.batches} />
        {!isEmpty && (
          <div>
            <FoundOrders orders={found.orders} batches={recent.batches} />
            <Pager
              first={isFirst ? null : address(consolePath, query, { after: null })}
              next={found.lookedBackTo === null ? further : null}
            />
          </div>
        )}
        {found.lookedBackTo !== null && further !== null && (
          <Notice live title={t("further.title", { day: f.date(found.lookedBackTo) })}>
            <p>{t("further.hint", { count: f.count(LOOKED_AT) })}</p>
            <p className="mt-2">
              <LinkButton href={further} rel="next">
                {t("further.go")}
              </LinkButton>
            </p>
          </Notice>
        )}
        {isEmpty && further === null && (isFiltered ? <NoMatch clear={consolePath} /> : <Nothing />)}
      </Card>
    </>
  );
}

async function Nothing() {
  const t = await getTranslations("orderConsole");
  return <FirstUse title={t("empty")}>{t("emptyHint")}</FirstUse>;
}
