import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { tierNamesOf, tiersInForce } from "#app/(portal)/offers/names.ts";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { address, type Query } from "#app/ui/address.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { addDays } from "#server/core/time.ts";
import { dayOf } from "../../list-address.ts";
import { fieldNamesOf, purposeNamesOf } from "../../purposes.ts";
import { currentStaff } from "../../session.ts";
import { stateTones } from "../states.ts";
import { TermsList } from "../terms-list.tsx";
import { RetireBenefit } from "./acts.tsx";
import { Draft } from "./draft.tsx";
import { GrantsGiven } from "./grants-given.tsx";
import { History } from "./history.tsx";
import { Slots } from "./slots.tsx";

/** How many days of slots are shown at a time. */
const SLOT_DAYS = 21;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("benefits.desk");
  return { title: t("one") };
}

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

/** One benefit: its terms in force, the version in the making, its slots, uses given by hand, every version before. */
export default async function BenefitPage({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isId<"benefit">(id)) notFound();
  const [api, query, f, locale] = await Promise.all([server(), searchParams, formats(), getLocale()]);
  const from = dayOf(query, "from") ?? new Date();
  const [t, staff, benefit, ladder, fields, activities, allStores, given, slots] = await Promise.all([
    getTranslations("benefits.desk"),
    currentStaff(),
    api.benefits.detail({ benefitId: id }),
    tiersInForce(api),
    api.consents.fields.list(),
    api.consents.activities.list(),
    api.benefits.stores.list(),
    api.benefits.grants.list({ benefitId: id }),
    api.benefits.slots.list({ benefitId: id, storeId: null, from: f.date(from), days: SLOT_DAYS }),
  ]);
  const { draft, current } = benefit;
  const shown = current?.terms ?? draft?.terms;
  if (shown === undefined) notFound();
  const stores = allStores.map((store) => ({ id: store.id, name: store.name[locale], open: store.open }));
  const names = {
    tiers: tierNamesOf(ladder, locale),
    fields: fieldNamesOf(fields, locale),
    purposes: purposeNamesOf(activities, locale),
    stores: Object.fromEntries(stores.map((store) => [store.id, store.name])),
  };
  const permissions = new Set(staff?.permissions);
  const open = benefit.retired === null;
  return (
    <ClientMessages of={["benefits", "offers"]}>
      <PageHeader
        back={{ href: "/desk/benefits", label: t("title") }}
        title={shown.title[locale]}
        badge={<Badge tone={stateTones[benefit.state]}>{t(`states.${benefit.state}`)}</Badge>}
        actions={
          open && (
            <>
              {permissions.has("benefit:draft") && (
                <LinkButton href={`/desk/benefits/${id}/edit`}>
                  {t(draft ? "detail.editDraft" : "detail.edit")}
                </LinkButton>
              )}
              {permissions.has("benefit:publish") && current && <RetireBenefit benefitId={id} />}
            </>
          )
        }
      />
      <div className="grid gap-4">
        {benefit.retired && (
          <Notice>
            {t("detail.retiredBy", { name: benefit.retired.by ?? "--", at: f.dateTime(benefit.retired.at) })}
          </Notice>
        )}
        {open && draft && (
          <Draft
            benefit={benefit}
            draft={draft}
            names={names}
            mayApprove={permissions.has("benefit:approve")}
            mayPublish={permissions.has("benefit:publish")}
          />
        )}
        {current && (
          <Card title={`${t("detail.current")} · ${t("detail.version", { version: current.version })}`}>
            <TermsList terms={current.terms} names={names} />
          </Card>
        )}
        {current?.terms.booked && (
          <Slots
            benefitId={id}
            slots={slots}
            stores={stores.filter(
              (store) => store.open && (current.terms.stores.length === 0 || current.terms.stores.includes(store.id)),
            )}
            from={f.date(from)}
            later={address(`/desk/benefits/${id}`, {}, { from: f.date(addDays(from, SLOT_DAYS)) })}
            mayOpen={open && permissions.has("benefit:schedule")}
          />
        )}
        {current && <GrantsGiven grants={given} />}
        <History versions={benefit.versions} names={names} />
      </div>
    </ClientMessages>
  );
}
