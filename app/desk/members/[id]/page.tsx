import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { isId, type MemberId } from "#server/core/id.ts";
import { shownStatus } from "#server/orders/rules.ts";
import { formats } from "../../../format/server.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { server } from "../../../trpc/server.ts";
import { address, type Query } from "../../../ui/address.ts";
import { Badge, TierName } from "../../../ui/badge.tsx";
import { Card, Stat, Stats } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Table } from "../../../ui/table.tsx";
import { instantOf } from "../../list-address.ts";
import { fieldNamesOf } from "../../purposes.ts";
import { currentStaff } from "../../session.ts";
import { Children } from "./children.tsx";
import { MemberEntitlements } from "./entitlements.tsx";
import { MemberHistory } from "./history.tsx";
import { MemberPoints } from "./points.tsx";
import { RevealPhone } from "./reveal-phone.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members.directory");
  return { title: t("one") };
}

type Props = { readonly params: Promise<{ id: string }>; readonly searchParams: Promise<Query> };

/** One member as staff may see them: standing and why, credentials masked, orders, and everything that happened. */
export default async function MemberPage({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isId<"member">(id)) notFound();
  const query = await searchParams;
  const before = instantOf(query, "before");
  const api = await server();
  const [member, why, history, staff, t, f, locale] = await Promise.all([
    api.members.directory.member({ memberId: id }),
    api.tiers.standingOf({ memberId: id }),
    api.members.directory.timeline({ memberId: id, before }),
    currentStaff(),
    getTranslations("members.directory"),
    formats(),
    getLocale(),
  ]);
  const nameOf = (code: string) => member.tiers.find((tier) => tier.code === code)?.name[locale] ?? code;
  const standing = why?.standing ?? null;
  const tier = standing?.tier ?? member.tier;
  const own = `/desk/members/${id}`;
  const permissions = new Set(staff?.permissions);

  return (
    <>
      <PageHeader
        back={{ href: "/desk/members", label: t("title") }}
        title={t("card", { number: member.number })}
        badge={
          <>
            {tier && <TierName tier={tier}>{nameOf(tier)}</TierName>}
            <Badge tone={member.state === "active" ? "ok" : "neutral"}>{t(`states.${member.state}`)}</Badge>
          </>
        }
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid content-start gap-4">
          <Card title={t("standing.title")}>
            {standing === null ? (
              <p className="text-ink-2">{t("standing.none")}</p>
            ) : (
              <div className="grid gap-3">
                <Stats>
                  <Stat
                    label={t("standing.growth")}
                    value={f.count(standing.growth)}
                    note={t("standing.pending", { count: standing.pending })}
                  />
                  <Stat
                    label={t("standing.toRise")}
                    value={standing.toRise ? f.count(standing.toRise.missing) : t("standing.top")}
                    note={standing.toRise && nameOf(standing.toRise.tier)}
                  />
                  <Stat
                    label={t("standing.keepUntil")}
                    value={f.date(standing.keepUntil)}
                    note={standing.toKeep && t("standing.toKeep", { count: standing.toKeep.missing })}
                  />
                </Stats>
                {standing.manual && (
                  <Notice>
                    {t("standing.manual", { reason: standing.manual.reason, until: f.date(standing.manual.endsAt) })}
                  </Notice>
                )}
                {why && why.lines.length > 0 && (
                  <details>
                    <summary className="min-h-(--tap) w-fit text-brand">
                      {t("standing.why", { version: standing.version })}
                    </summary>
                    <Table
                      caption={t("standing.lines")}
                      rows={why.lines}
                      rowKey={(line) => line.id}
                      columns={[
                        {
                          key: "earned",
                          header: t("standing.earned"),
                          names: true,
                          cell: (line) => f.dateTime(line.earnedAt),
                        },
                        {
                          key: "reason",
                          header: t("standing.reason"),
                          cell: (line) => t(`growthReasons.${line.reason}`),
                        },
                        {
                          key: "growth",
                          header: t("standing.growth"),
                          align: "end",
                          cell: (line) => f.count(line.growth),
                        },
                      ]}
                    />
                  </details>
                )}
              </div>
            )}
          </Card>
          <Card title={t("orders.title")}>
            {member.orders.length === 0 ? (
              <p className="text-ink-2">{t("orders.none")}</p>
            ) : (
              <Table
                caption={t("orders.title")}
                hideCaption
                rows={member.orders}
                rowKey={(order) => order.id}
                columns={[
                  { key: "id", header: t("orders.id"), names: true, cell: (order) => order.maskedId },
                  { key: "platform", header: t("orders.platform"), cell: (order) => t(`platforms.${order.platform}`) },
                  {
                    key: "status",
                    header: t("orders.status"),
                    cell: (order) => t(`orderStates.${shownStatus(order)}`),
                  },
                  { key: "paid", header: t("orders.paid"), align: "end", cell: (order) => f.money(order.paid) },
                  {
                    key: "refunded",
                    header: t("orders.refunded"),
                    align: "end",
                    cell: (order) => f.money(order.refunded),
                  },
                  { key: "placed", header: t("orders.placed"), cell: (order) => f.date(order.placedAt) },
                ]}
              />
            )}
          </Card>
          <PointsCard memberId={id} mayDeduct={permissions.has("points:deduct") && member.state === "active"} />
          {permissions.has("benefit:read") && (
            <EntitlementsCard memberId={id} mayGrant={permissions.has("benefit:grant") && member.state === "active"} />
          )}
          {permissions.has("guardianship:read") && (
            <ChildrenCard
              memberId={id}
              mayOpen={permissions.has("guardianship:open")}
              mayAsk={permissions.has("ticket:request")}
            />
          )}
        </div>
        <div className="grid content-start gap-4">
          <Card title={t("held.title")}>
            <KeyValues
              items={[
                { key: "joined", label: t("joinedAt"), value: f.dateTime(member.joinedAt) },
                { key: "closed", label: t("held.closedAt"), value: member.closedAt && f.dateTime(member.closedAt) },
                { key: "passkeys", label: t("held.passkeys"), value: f.count(member.passkeys) },
                { key: "sessions", label: t("held.sessions"), value: f.count(member.sessions) },
                {
                  key: "phone",
                  label: t("held.phone"),
                  value: member.phone && (
                    <ClientMessages of={["members"]}>
                      <RevealPhone
                        memberId={id}
                        masked={member.phone.masked}
                        permitted={permissions.has("member:reveal")}
                      />
                    </ClientMessages>
                  ),
                },
              ]}
            />
            <p className="mt-3 text-sm text-ink-3">{t("held.note")}</p>
          </Card>
          <Card title={t("history.title")}>
            <MemberHistory events={history.events} nameOf={nameOf} />
            <Pager
              first={before ? own : null}
              next={history.before && address(own, query, { before: history.before.getTime() })}
            />
          </Card>
        </div>
      </div>
    </>
  );
}

async function PointsCard({ memberId, mayDeduct }: { memberId: MemberId; mayDeduct: boolean }) {
  const api = await server();
  return (
    <ClientMessages of={["points"]}>
      <MemberPoints memberId={memberId} points={await api.points.ofMember({ memberId })} mayDeduct={mayDeduct} />
    </ClientMessages>
  );
}

async function EntitlementsCard({ memberId, mayGrant }: { memberId: MemberId; mayGrant: boolean }) {
  const api = await server();
  return (
    <ClientMessages of={["benefits"]}>
      <MemberEntitlements
        memberId={memberId}
        entitlements={await api.benefits.entitlementsOf({ memberId })}
        mayGrant={mayGrant}
      />
    </ClientMessages>
  );
}

async function ChildrenCard({ memberId, mayOpen, mayAsk }: { memberId: MemberId; mayOpen: boolean; mayAsk: boolean }) {
  const api = await server();
  const [locale, people, activities, fields] = await Promise.all([
    getLocale(),
    api.consents.guardianship.childrenOf({ memberId }),
    api.consents.activities.list(),
    api.consents.fields.list(),
  ]);
  return (
    <ClientMessages of={["consents"]}>
      <Children
        memberId={memberId}
        people={people}
        activities={mayAsk ? activities : null}
        fieldNames={fieldNamesOf(fields, locale)}
        mayOpen={mayOpen}
      />
    </ClientMessages>
  );
}
