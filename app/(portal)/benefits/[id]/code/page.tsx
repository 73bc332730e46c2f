import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { quietServer, server } from "#app/trpc/server.ts";
import { param, type Query } from "#app/ui/address.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { benefitAt } from "../benefit.ts";
import { LiveCode } from "./live-code.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.mine.code");
  return { title: t("title") };
}

/**
 * The code to redeem a benefit. The first is drawn here, so that it is on screen without a script; the page then renews
 * it by itself. Where none can be shown, the page asks once more and says why.
 */
export default async function CodePage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const [booking, child] = [param(query, "booking") ?? "", param(query, "child") ?? ""];
  const [benefit, api, quiet] = await Promise.all([benefitAt(id), server(), quietServer()]);
  const asked = {
    benefitId: benefit.id,
    bookingId: isId<"booking">(booking) ? booking : null,
    childId: isId<"child">(child) ? child : null,
  };
  const [t, locale, { uses }, first] = await Promise.all([
    getTranslations("benefits.mine.code"),
    getLocale(),
    api.benefits.history(),
    quiet.benefits.showCode(asked).catch(() => null),
  ]);
  const back = `/benefits/${benefit.id}`;
  return (
    <div className="mx-auto grid max-w-[26rem]">
      <PageHeader back={{ href: back, label: t("back") }} title={benefit.title[locale]} description={t("hint")} />
      <ClientMessages of={["benefits", "redemption"]}>
        <LiveCode
          asked={asked}
          first={first}
          lastUse={uses.find(({ benefitId }) => benefitId === benefit.id)?.id ?? null}
          back={back}
        />
      </ClientMessages>
    </div>
  );
}
