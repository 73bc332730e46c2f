import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrderSearch, type OrderView } from "#server/orders/model.ts";
import { platforms } from "#server/orders/reading/model.ts";
import { orderStatuses } from "#server/tiers/model.ts";
import { formats } from "../../../format/server.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { server } from "../../../trpc/server.ts";
import { address, param, type Query } from "../../../ui/address.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { FirstUse, NoMatch } from "../../../ui/empty-state.tsx";
import { DateField, Select } from "../../../ui/field.tsx";
import { type Chip, FilterBar } from "../../../ui/filter-bar.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { cursorOf, cursorText } from "../../list-address.ts";
import { statusTones } from "../tones.ts";
import { NumberSearch } from "./number-search.tsx";

const path = "/desk/orders/console";
const filters = ["number", "platform", "status", "batchId", "owned", "from", "to"] as const;
type Filter = (typeof filters)[number];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.search");
  return { title: t("title") };
}

/** Orders by number, platform, status and day. The address holds the filters; a full order number never stands in it. */
export default async function ConsolePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { asked, unknown } = readSearch(query);
  const api = await server();
  const [found, t, all, f] = await Promise.all([
    api.orders.search(asked),
    getTranslations("orders.search"),
    getTranslations("orders"),
    formats(),
  ]);
  const said = (name: Filter, value: string): string => {
    if (name === "platform") return all(`platforms.${value}`);
    if (name === "status") return all(`statuses.${value}`);
    if (name === "owned") return value === "yes" ? t("ownedYes") : t("ownedNo");
    return value;
  };
  const chips = filters.flatMap((name): Chip[] => {
    const value = param(query, name);
    if (value === undefined) return [];
    const label = unknown.has(name)
      ? all("chips.unknown", { value })
      : all(`chips.${name === "batchId" ? "batch" : name}`, { value: said(name, value) });
    return [{ key: name, label, remove: address(path, query, { [name]: null, after: null }) }];
  });
  const columns: Column<OrderView>[] = [
    {
      key: "order",
      header: t("order"),
      names: true,
      cell: (row) => (
        <TextLink href={`${path}/${row.id}`} className="font-mono">
          {row.maskedId}
        </TextLink>
      ),
    },
    { key: "platform", header: t("platform"), cell: (row) => all(`platforms.${row.platform}`) },
    {
      key: "status",
      header: t("status"),
      cell: (row) => <Badge tone={statusTones[row.status]}>{all(`statuses.${row.status}`)}</Badge>,
    },
    { key: "paid", header: t("paid"), align: "end", cell: (row) => f.money(row.paid) },
    {
      key: "refunded",
      header: t("refunded"),
      align: "end",
      cell: (row) => (row.refunded > 0 ? f.money(row.refunded) : "--"),
    },
    {
      key: "owner",
      header: t("owner"),
      cell: (row) => (row.ownerId ? <TextLink href={`/desk/members/${row.ownerId}`}>{t("ownedYes")}</TextLink> : "--"),
    },
    { key: "placedAt", header: t("placedAt"), cell: (row) => f.dateTime(row.times.placedAt) },
  ];
  const next = found.after && cursorText({ at: found.after.placedAt, id: found.after.id });
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        back={{ href: "/desk/orders", label: all("back") }}
      />
      <Card className="grid gap-4">
        <ClientMessages of={["orders"]}>
          <NumberSearch path={path} />
        </ClientMessages>
        <FilterBar action={path} chips={chips} clear={path}>
          <Select
            name="platform"
            label={t("platform")}
            blank={t("any")}
            defaultValue={param(query, "platform") ?? ""}
            options={platforms.map((value) => ({ value, label: all(`platforms.${value}`) }))}
          />
          <Select
            name="status"
            label={t("status")}
            blank={t("any")}
            defaultValue={param(query, "status") ?? ""}
            options={orderStatuses.map((value) => ({ value, label: all(`statuses.${value}`) }))}
          />
          <Select
            name="owned"
            label={t("owned")}
            blank={t("any")}
            defaultValue={param(query, "owned") ?? ""}
            options={[
              { value: "yes", label: t("ownedYes") },
              { value: "no", label: t("ownedNo") },
            ]}
          />
          <DateField name="from" label={t("from")} defaultValue={param(query, "from")} />
          <DateField name="to" label={t("to")} defaultValue={param(query, "to")} />
          {(["number", "batchId"] as const).map((name) => {
            const value = param(query, name);
            return value && <input key={name} type="hidden" name={name} value={value} />;
          })}
        </FilterBar>
        {found.orders.length === 0 ? (
          chips.length > 0 ? (
            <NoMatch clear={path} />
          ) : (
            <FirstUse title={t("empty")}>{t("emptyHint")}</FirstUse>
          )
        ) : (
          <div>
            <Table caption={t("caption")} columns={columns} rows={found.orders} rowKey={(row) => row.id} />
            <Pager
              first={param(query, "after") ? address(path, query, { after: null }) : null}
              next={next && address(path, query, { after: next })}
            />
          </div>
        )}
      </Card>
    </>
  );
}

/** The search that the address asks for; a value that means nothing is left out and named. */
function readSearch(query: Query): { asked: OrderSearch; unknown: ReadonlySet<string> } {
  const cursor = cursorOf<"order">(query);
  const owned = param(query, "owned");
  const given: Record<string, unknown> = {
    number: param(query, "number"),
    platform: param(query, "platform"),
    status: param(query, "status"),
    batchId: param(query, "batchId"),
    owned: owned === undefined ? undefined : owned === "yes" ? true : owned === "no" ? false : owned,
    from: param(query, "from"),
    to: param(query, "to"),
    after: cursor && { placedAt: cursor.at, id: cursor.id },
  };
  const parsed = OrderSearch.safeParse(given);
  if (parsed.success) return { asked: parsed.data, unknown: new Set() };
  const unknown = new Set(parsed.error.issues.map(({ path: [first] }) => String(first)));
  const known = Object.fromEntries(Object.entries(given).filter(([name]) => !unknown.has(name)));
  return { asked: OrderSearch.parse(known), unknown };
}
