import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { isId } from "#server/core/id.ts";
import { BatchState, batchStates } from "#server/orders/importing/model.ts";
import { Platform, platforms } from "#server/orders/reading/model.ts";
import { formats } from "../../format/server.ts";
import { server } from "../../trpc/server.ts";
import { address, param, type Query } from "../../ui/address.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { FirstUse, NoMatch } from "../../ui/empty-state.tsx";
import { Select } from "../../ui/field.tsx";
import { type Chip, FilterBar } from "../../ui/filter-bar.tsx";
import { LinkButton, TextLink } from "../../ui/link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Pager } from "../../ui/pager.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { currentStaff } from "../session.ts";
import { batchTones, shownState } from "./tones.ts";

const path = "/desk/orders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders");
  return { title: t("title") };
}

/** The import batches, newest first: what each file brought. */
export default async function OrdersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [state, platform] = [BatchState.safeParse(param(query, "state")), Platform.safeParse(param(query, "platform"))];
  const before = param(query, "before") ?? "";
  const api = await server();
  const [found, me, t, f] = await Promise.all([
    api.orders.batches({
      state: state.data,
      platform: platform.data,
      before: isId<"importBatch">(before) ? before : undefined,
    }),
    currentStaff(),
    getTranslations("orders"),
    formats(),
  ]);
  const may = (permission: "order:import" | "claim:decide") => me?.permissions.includes(permission) === true;
  const chips = (["state", "platform"] as const).flatMap((name): Chip[] => {
    const value = param(query, name);
    if (value === undefined) return [];
    const known = name === "state" ? state.success : platform.success;
    const said = known ? t(name === "state" ? `states.${value}` : `platforms.${value}`) : value;
    const label = known ? t(`chips.${name}`, { value: said }) : t("chips.unknown", { value });
    return [{ key: name, label, remove: address(path, query, { [name]: null, before: null }) }];
  });
  type Row = (typeof found.batches)[number];
  const counted = (key: "created" | "updated" | "unchanged" | "rejected"): Column<Row> => ({
    key,
    header: t(`list.${key}`),
    align: "end",
    cell: (row) => f.count(row.counters.orders[key]),
  });
  const columns: Column<Row>[] = [
    {
      key: "file",
      header: t("list.file"),
      names: true,
      cell: (row) => (
        <TextLink href={`${path}/${row.id}`} className="break-all">
          {row.fileName}
        </TextLink>
      ),
    },
    {
      key: "platform",
      header: t("list.platform"),
      cell: (row) => (row.platform ? t(`platforms.${row.platform}`) : "--"),
    },
    {
      key: "state",
      header: t("list.state"),
      cell: (row) => <Badge tone={batchTones[shownState(row)]}>{t(`states.${shownState(row)}`)}</Badge>,
    },
    counted("created"),
    counted("updated"),
    counted("unchanged"),
    counted("rejected"),
    {
      key: "leaks",
      header: t("list.leaks"),
      align: "end",
      cell: (row) => f.count(Object.values(row.counters.found.leak).reduce((sum, count) => sum + count, 0)),
    },
    { key: "source", header: t("list.source"), cell: (row) => t(`sources.${row.source}`) },
    { key: "at", header: t("list.at"), cell: (row) => f.dateTime(row.createdAt) },
  ];
  const actions = (
    <>
      <LinkButton href={`${path}/console`}>{t("console")}</LinkButton>
      {may("claim:decide") && <LinkButton href={`${path}/disputes`}>{t("disputes")}</LinkButton>}
      {may("order:import") && (
        <LinkButton href={`${path}/new`} tone="primary">
          {t("import")}
        </LinkButton>
      )}
    </>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={actions} />
      <Card className="grid gap-4">
        <FilterBar action={path} chips={chips} clear={path}>
          <Select
            name="state"
            label={t("list.state")}
            blank={t("list.anyState")}
            defaultValue={param(query, "state") ?? ""}
            options={batchStates.map((value) => ({ value, label: t(`states.${value}`) }))}
          />
          <Select
            name="platform"
            label={t("list.platform")}
            blank={t("list.anyPlatform")}
            defaultValue={param(query, "platform") ?? ""}
            options={platforms.map((value) => ({ value, label: t(`platforms.${value}`) }))}
          />
        </FilterBar>
        {found.batches.length === 0 ? (
          chips.length > 0 ? (
            <NoMatch clear={path} />
          ) : (
            <FirstUse title={t("list.empty")}>{t("list.emptyHint")}</FirstUse>
          )
        ) : (
          <div>
            <Table caption={t("list.caption")} columns={columns} rows={found.batches} rowKey={(row) => row.id} />
            <Pager
              first={before ? address(path, query, { before: null }) : null}
              next={found.before && address(path, query, { before: found.before })}
            />
          </div>
        )}
      </Card>
    </>
  );
}
