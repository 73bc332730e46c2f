import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { currentStaff } from "../../session.ts";
import { ShowcaseEditor } from "./showcase-editor.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers.showcase");
  return { title: t("title") };
}

/** The products for which prices are shown openly, tier beside tier. */
export default async function ShowcasePage() {
  const api = await server();
  const [t, offers, staff, products] = await Promise.all([
    getTranslations("offers.showcase"),
    getTranslations("offers"),
    currentStaff(),
    api.offers.showcase(),
  ]);
  return (
    <ClientMessages of={["offers"]}>
      <PageHeader
        back={{ href: "/desk/offers", label: offers("title") }}
        title={t("title")}
        description={t("description")}
      />
      <ShowcaseEditor products={products} mayArrange={staff?.permissions.includes("offer:draft") ?? false} />
    </ClientMessages>
  );
}
