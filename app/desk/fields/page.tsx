import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { address, param, type Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { NoMatch } from "#app/ui/empty-state.tsx";
import { Select } from "#app/ui/field.tsx";
import { FilterBar } from "#app/ui/filter-bar.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { fieldClasses } from "#server/consents/fields/model.ts";
import { fieldSubjects } from "#server/consents/model.ts";
import { currentStaff } from "../session.ts";
import { AddField } from "./add-field.tsx";
import { BasicTable } from "./basic-table.tsx";
import { GatedTable } from "./gated-table.tsx";

const path = "/desk/fields";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("fields");
  return { title: t("title") };
}

/** What is collected: the fields under consent, and what the business itself brings with it. */
export default async function FieldsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const api = await server();
  const [query, t, staff, { gated, basic }] = await Promise.all([
    searchParams,
    getTranslations("fields"),
    currentStaff(),
    api.consents.fields.catalogue(),
  ]);
  const subject = fieldSubjects.find((one) => one === param(query, "subject"));
  const of = fieldClasses.find((one) => one === param(query, "class"));
  const isWanted = (datum: (typeof gated | typeof basic)[number]) =>
    (subject === undefined || datum.subject === subject) && (of === undefined || datum.class === of);
  const shown = { gated: gated.filter(isWanted), basic: basic.filter(isWanted) };
  const without = (name: string) => address(path, query, { [name]: null });
  return (
    <ClientMessages of={["fields"]}>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid gap-4">
        <FilterBar
          action={path}
          clear={path}
          chips={[
            ...(subject ? [{ key: "subject", label: t(`subjects.${subject}`), remove: without("subject") }] : []),
            ...(of ? [{ key: "class", label: t(`classes.${of}`), remove: without("class") }] : []),
          ]}
        >
          <Select
            name="subject"
            id="filter-subject"
            label={t("filter.subject")}
            blank={t("filter.all")}
            defaultValue={subject ?? ""}
            options={fieldSubjects.map((value) => ({ value, label: t(`subjects.${value}`) }))}
          />
          <Select
            name="class"
            id="filter-class"
            label={t("filter.class")}
            blank={t("filter.all")}
            defaultValue={of ?? ""}
            options={fieldClasses.map((value) => ({ value, label: t(`classes.${value}`) }))}
          />
        </FilterBar>
        {shown.gated.length + shown.basic.length === 0 && (
          <Card>
            <NoMatch clear={path} />
          </Card>
        )}
        {shown.gated.length > 0 && <GatedTable fields={shown.gated} />}
        {shown.basic.length > 0 && <BasicTable data={shown.basic} />}
        {staff?.permissions.includes("field:add") && <AddField />}
      </div>
    </ClientMessages>
  );
}
