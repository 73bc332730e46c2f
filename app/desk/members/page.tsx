import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { addDays } from "#server/core/time.ts";
import { MemberFilter, memberStates } from "#server/members/directory/model.ts";
import { formats } from "../../format/server.ts";
import { ClientMessages } from "../../i18n/client-messages.tsx";
import { server } from "../../trpc/server.ts";
import { address, param, type Query } from "../../ui/address.ts";
import { Badge, TierName } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { FirstUse, NoMatch } from "../../ui/empty-state.tsx";
import { DateField, Select, TextField } from "../../ui/field.tsx";
import { type Chip, FilterBar } from "../../ui/filter-bar.tsx";
import { TextLink } from "../../ui/link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Table } from "../../ui/table.tsx";
import { cursorOf, cursorText, dayOf } from "../list-address.ts";
import { FindByPhone } from "./find-by-phone.tsx";

const path = "/desk/members";
const filters = ["number", "tier", "state", "from", "to"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members.directory");
  return { title: t("title") };
}

/** The member list: filters in the address, newest members first, nothing personal in it. */
export default async function MembersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const api = await server();
  const { filter, unknown } = readFilter(query);
  const cursor = cursorOf<"member">(query);
  const [found, t, f, locale] = await Promise.all([
    api.members.directory.list({ filter, after: cursor && { joinedAt: cursor.at, id: cursor.id } }),
    getTranslations("members.directory"),
    formats(),
    getLocale(),
  ]);
  const nameOf = (code: string | null) => found.tiers.find((tier) => tier.code === code)?.name[locale] ?? code ?? "";
  const without = (name: string) => address(path, query, { [name]: null, after: null });
  const said = {
    number: (value: string) => t("chips.number", { value }),
    tier: (value: string) => t("chips.tier", { value: nameOf(value) }),
    state: (value: string) => (value === "active" || value === "closed" ? t(`states.${value}`) : value),
    from: (value: string) => t("chips.from", { value }),
    to: (value: string) => t("chips.to", { value }),
  };
  const chips = filters.flatMap((name): Chip[] => {
    const value = param(query, name);
    // Active members are what the list is of; only another state is a filter worth naming.
    if (value === undefined || (name === "state" && value === "active")) return [];
    const label = unknown.has(name) ? t("chips.unknown", { value }) : said[name](value);
    return [{ key: name, label, remove: without(name) }];
  });
  const next = cursorText(found.after && { at: found.after.joinedAt, id: found.after.id });

  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Card className="grid gap-4">
        <FilterBar action={path} chips={chips} clear={path}>
          <TextField
            name="number"
            label={t("number")}
            inputMode="numeric"
            autoComplete="off"
            defaultValue={param(query, "number")}
          />
          <Select
            name="tier"
            label={t("tier")}
            blank={t("anyTier")}
            defaultValue={param(query, "tier") ?? ""}
            options={found.tiers.map((tier) => ({ value: tier.code, label: tier.name[locale] }))}
          />
          <Select
            name="state"
            label={t("state")}
            defaultValue={filter.state}
            options={memberStates.map((state) => ({ value: state, label: t(`states.${state}`) }))}
          />
          <DateField name="from" label={t("from")} defaultValue={param(query, "from")} />
          <DateField name="to" label={t("to")} defaultValue={param(query, "to")} />
        </FilterBar>
        <ClientMessages of={["members"]}>
          <FindByPhone />
        </ClientMessages>
        {found.members.length === 0 ? (
          chips.length > 0 ? (
            <NoMatch clear={path} />
          ) : (
            <FirstUse title={t("empty")}>{t("emptyHint")}</FirstUse>
          )
        ) : (
          <div>
            <Table
              caption={t("title")}
              hideCaption
              rows={found.members}
              rowKey={(member) => member.id}
              columns={[
                {
                  key: "number",
                  header: t("number"),
                  names: true,
                  cell: (member) => <TextLink href={`${path}/${member.id}`}>{member.number}</TextLink>,
                },
                {
                  key: "tier",
                  header: t("tier"),
                  cell: (member) => member.tier && <TierName tier={member.tier}>{nameOf(member.tier)}</TierName>,
                },
                { key: "keepUntil", header: t("keepUntil"), cell: (member) => f.date(member.keepUntil) },
                { key: "joinedAt", header: t("joinedAt"), cell: (member) => f.dateTime(member.joinedAt) },
                {
                  key: "state",
                  header: t("state"),
                  cell: (member) => (
                    <Badge tone={member.state === "active" ? "ok" : "neutral"}>{t(`states.${member.state}`)}</Badge>
                  ),
                },
              ]}
            />
            {found.more && <p className="pt-3 text-ink-2">{t("more")}</p>}
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

/** The filter of the address; a value that means nothing is left out and named, so that its chip can say so. */
function readFilter(query: Query): { filter: MemberFilter; unknown: ReadonlySet<string> } {
  const to = dayOf(query, "to");
  const given = {
    number: param(query, "number"),
    tier: param(query, "tier"),
    state: param(query, "state"),
    joinedFrom: dayOf(query, "from"),
    joinedTo: to && addDays(to, 1),
  };
  const unknown = new Set<string>(
    ["from", "to"].filter((name) => param(query, name) !== undefined && dayOf(query, name) === undefined),
  );
  const parsed = MemberFilter.safeParse(given);
  if (parsed.success) return { filter: parsed.data, unknown };
  for (const { path: where } of parsed.error.issues) unknown.add(String(where[0]));
  return {
    filter: MemberFilter.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !unknown.has(name)))),
    unknown,
  };
}
