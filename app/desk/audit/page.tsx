import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { actions, actorKinds, EntryFilter } from "#server/audit/model.ts";
import { addDays } from "#server/core/time.ts";
import { ClientMessages } from "../../i18n/client-messages.tsx";
import { server } from "../../trpc/server.ts";
import { address, param, type Query } from "../../ui/address.ts";
import { Card } from "../../ui/card.tsx";
import { FirstUse, NoMatch } from "../../ui/empty-state.tsx";
import { DateField, Select } from "../../ui/field.tsx";
import { type Chip, FilterBar } from "../../ui/filter-bar.tsx";
import { LinkButton } from "../../ui/link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Pager } from "../../ui/pager.tsx";
import { cursorOf, cursorText, dayOf } from "../list-address.ts";
import { EntryTable } from "./entry-table.tsx";
import { actionKey } from "./names.tsx";
import { Verify } from "./verify.tsx";

const path = "/desk/audit";
const filters = ["action", "actorKind", "actorId", "subjectId", "memberId", "from", "to"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

/** The audit log: who did what, filtered by the address; and whether it still is what was signed. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { filter, unknown } = readFilter(query);
  const api = await server();
  const [found, last, t] = await Promise.all([
    api.audit.entries({ filter, after: cursorOf<"auditEntry">(query) }),
    api.audit.lastVerification(),
    getTranslations("audit"),
  ]);
  const chips = filters.flatMap((name): Chip[] => {
    const value = param(query, name);
    if (value === undefined) return [];
    const label = unknown.has(name) ? t("chips.unknown", { value }) : t(`chips.${name}`, { value: said(name, value) });
    return [{ key: name, label, remove: address(path, query, { [name]: null, after: null }) }];
  });
  function said(name: (typeof filters)[number], value: string): string {
    if (name === "action") return t.has(`actions.${actionKey(value)}`) ? t(`actions.${actionKey(value)}`) : value;
    return name === "actorKind" ? t(`actorKinds.${value}`) : value;
  }
  const next = cursorText(found.after);

  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<LinkButton href={`${path}/checkpoints`}>{t("checkpoints.title")}</LinkButton>}
      />
      <div className="grid gap-4">
        <ClientMessages of={["audit"]}>
          <Verify last={last} />
        </ClientMessages>
        <Card className="grid gap-4">
          <FilterBar action={path} chips={chips} clear={path}>
            <Select
              name="action"
              label={t("action")}
              blank={t("anyAction")}
              defaultValue={param(query, "action") ?? ""}
              options={actions.map((action) => ({ value: action, label: t(`actions.${actionKey(action)}`) }))}
            />
            <Select
              name="actorKind"
              label={t("actor")}
              blank={t("anybody")}
              defaultValue={param(query, "actorKind") ?? ""}
              options={actorKinds.map((kind) => ({ value: kind, label: t(`actorKinds.${kind}`) }))}
            />
            <DateField name="from" label={t("from")} defaultValue={param(query, "from")} />
            <DateField name="to" label={t("to")} defaultValue={param(query, "to")} />
            {(["actorId", "subjectId", "memberId"] as const).map((name) => {
              const value = param(query, name);
              return value && <input key={name} type="hidden" name={name} value={value} />;
            })}
          </FilterBar>
          {found.entries.length === 0 ? (
            chips.length > 0 ? (
              <NoMatch clear={path} />
            ) : (
              <FirstUse title={t("empty")} />
            )
          ) : (
            <div>
              <EntryTable entries={found.entries} />
              <Pager
                first={param(query, "after") ? address(path, query, { after: null }) : null}
                next={next && address(path, query, { after: next })}
              />
            </div>
          )}
        </Card>
      </div>
    </>
  );
}

/** The filter of the address; a value that means nothing is left out and named, so that its chip can say so. */
function readFilter(query: Query): { filter: EntryFilter; unknown: ReadonlySet<string> } {
  const to = dayOf(query, "to");
  const given = {
    action: param(query, "action"),
    actorKind: param(query, "actorKind"),
    actorId: param(query, "actorId"),
    subjectId: param(query, "subjectId"),
    memberId: param(query, "memberId"),
    from: dayOf(query, "from"),
    to: to && addDays(to, 1),
  };
  const unknown = new Set<string>(
    (["from", "to"] as const).filter((name) => param(query, name) !== undefined && given[name] === undefined),
  );
  const parsed = EntryFilter.safeParse(given);
  if (parsed.success) return { filter: parsed.data, unknown };
  for (const { path: where } of parsed.error.issues) unknown.add(String(where[0]));
  return {
    filter: EntryFilter.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !unknown.has(name)))),
    unknown,
  };
}
