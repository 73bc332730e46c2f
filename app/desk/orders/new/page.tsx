import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { site } from "../../../site.ts";
import { server } from "../../../trpc/server.ts";
import { Card } from "../../../ui/card.tsx";
import { LinkButton } from "../../../ui/link.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Steps } from "../../../ui/steps.tsx";
import { currentStaff } from "../../session.ts";
import { importSteps } from "../steps.ts";
import { NewImport } from "./new-import.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.start");
  return { title: t("title") };
}

/** The first step of an import: the file, and what to do about personal data in it. */
export default async function NewImportPage() {
  const api = await server();
  const [me, t, all, mappings, { environment }] = await Promise.all([
    currentStaff(),
    getTranslations("orders.start"),
    getTranslations("orders"),
    getTranslations("mappings"),
    site(),
    // Whoever may not see imports has no business here either.
    api.orders.batches({ size: 1 }),
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        back={{ href: "/desk/orders", label: all("back") }}
        actions={
          me?.permissions.includes("order:import") && (
            <LinkButton href="/desk/orders/mappings">{mappings("manage")}</LinkButton>
          )
        }
      />
      <Steps label={all("batch.steps")} items={importSteps(all)} current="file" />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          <ClientMessages of={["orders", "mappings"]}>
            <NewImport mayOverride={me?.permissions.includes("order:override") === true} />
          </ClientMessages>
        </div>
        <div className="grid gap-4">
          <Card title={t("never")}>
            <p className="text-ink-2">{t("neverList")}</p>
          </Card>
          <Card title={t("kept")}>
            <p className="text-ink-2">{t("keptList")}</p>
          </Card>
          {environment === "demo" && (
            <Card title={t("samples")}>
              <p className="text-ink-2">{t("samplesHint")}</p>
            </Card>
          )}
        </div>
      </div>
    </>
  );
}
