import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { address, param, type Query } from "#app/ui/address.ts";
import { Card, Stat, Stats } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { fieldNamesOf, purposeNamesOf } from "../purposes.ts";
import { currentStaff } from "../session.ts";
import { Disposals } from "./disposals.tsx";
import { RunNow } from "./run-now.tsx";
import { Schedule } from "./schedule.tsx";

const path = "/desk/retention";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.desk.retention");
  return { title: t("title") };
}

/** How long everything is kept, what is due, and what was erased. */
export default async function RetentionPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const before = param(query, "before") ?? "";
  const api = await server();
  const [t, f, locale, staff, found, page, fields, activities] = await Promise.all([
    getTranslations("consents.desk.retention"),
    formats(),
    getLocale(),
    currentStaff(),
    api.consents.retention.schedule(),
    api.consents.retention.disposals({ before: isId<"disposal">(before) ? before : undefined }),
    api.consents.fields.list(),
    api.consents.activities.list(),
  ]);
  const { overdue, soon, waiting, lastRun, purposes } = found;
  const fieldNames = fieldNamesOf(fields, locale);
  const count = (key: "overdue" | "holdsOver" | "ofAge") => Number(lastRun?.detail[key] ?? 0);
  return (
    <ClientMessages of={["consents"]}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={staff?.permissions.includes("retention:run") && <RunNow due={overdue} />}
      />
      <div className="grid gap-4">
        <Card title={t("now")}>
          <Stats>
            <Stat label={t("due")} value={f.count(overdue)} note={t("dueNote")} />
            <Stat label={t("soon")} value={f.count(soon)} />
            <Stat label={t("waiting")} value={f.count(waiting)} note={t("waitingNote")} />
            <Stat
              label={t("lastRun")}
              value={lastRun === null ? t("never") : f.relative(lastRun.at)}
              note={
                lastRun && t("did", { overdue: count("overdue"), holdsOver: count("holdsOver"), ofAge: count("ofAge") })
              }
            />
          </Stats>
        </Card>
        <Schedule purposes={purposes} fieldNames={fieldNames} />
        <Disposals
          disposals={page.disposals}
          first={before === "" ? null : path}
          next={page.before && address(path, {}, { before: page.before })}
          fieldNames={fieldNames}
          purposeNames={purposeNamesOf(activities, locale)}
        />
      </div>
    </ClientMessages>
  );
}
