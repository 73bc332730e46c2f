import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { address, param, type Query } from "#app/ui/address.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { isId } from "#server/core/id.ts";
import { purposeNamesOf } from "../purposes.ts";
import { currentStaff } from "../session.ts";
import { Cases } from "./cases.tsx";
import { Tickets } from "./tickets.tsx";

const path = "/desk/minors";
const views = ["tickets", "open", "decided"] as const;
type View = (typeof views)[number];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.desk");
  return { title: t("minors") };
}

/** What protects children's data from ourselves: leave to look, given by a second person, and disputed guardianships. */
export default async function MinorsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [query, t, staff] = await Promise.all([searchParams, getTranslations("consents.desk"), currentStaff()]);
  const may = (permission: "ticket:request" | "guardianship:decide") =>
    staff?.permissions.includes(permission) ?? false;
  const open = views.filter((view) => view !== "tickets" || may("ticket:request"));
  const view = open.find((one) => one === param(query, "view")) ?? open[0] ?? "open";
  const before = param(query, "before") ?? "";
  return (
    <ClientMessages of={["consents"]}>
      <PageHeader title={t("minors")} description={t("minorsHint")} />
      <Tabs
        label={t("views")}
        current={view}
        items={open.map((key) => ({
          key,
          href: address(path, {}, { view: key }),
          label: { tickets: t("tickets.title"), open: t("cases.open"), decided: t("cases.decided") }[key],
        }))}
      />
      <div className="mt-4">
        {view === "tickets" ? (
          <TicketView before={before} />
        ) : (
          <CaseView view={view} before={before} mayDecide={may("guardianship:decide")} />
        )}
      </div>
    </ClientMessages>
  );
}

async function TicketView({ before }: { before: string }) {
  const api = await server();
  const [locale, found, activities] = await Promise.all([
    getLocale(),
    api.consents.gateway.tickets({ before: isId<"readTicket">(before) ? before : undefined }),
    api.consents.activities.list(),
  ]);
  return (
    <Tickets
      tickets={found.tickets}
      purposeNames={purposeNamesOf(activities, locale)}
      {...pages("tickets", before, found.before)}
    />
  );
}

async function CaseView({
  view,
  before,
  mayDecide,
}: {
  view: Exclude<View, "tickets">;
  before: string;
  mayDecide: boolean;
}) {
  const api = await server();
  const found = await api.consents.guardianship.cases({
    state: view,
    before: isId<"guardianCase">(before) ? before : undefined,
  });
  return (
    <Cases cases={found.cases} open={view === "open"} mayDecide={mayDecide} {...pages(view, before, found.before)} />
  );
}

function pages(view: View, before: string, next: string | null) {
  return {
    first: before === "" ? null : address(path, {}, { view }),
    next: next && address(path, {}, { view, before: next }),
  };
}
