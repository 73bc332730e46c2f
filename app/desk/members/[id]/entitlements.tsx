import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import type { MemberId } from "#server/core/id.ts";
import { GiveUses, RevokeCodes, RevokeGrant } from "./entitlement-acts.tsx";

type Entitlements = Awaited<ReturnType<Caller["benefits"]["entitlementsOf"]>>;

/** What a member can use of each benefit now, and the uses given by hand; nothing of what they agreed to. */
export function MemberEntitlements({
  memberId,
  entitlements: { benefits, grants },
  mayGrant,
}: {
  memberId: MemberId;
  entitlements: Entitlements;
  mayGrant: boolean;
}) {
  const t = useTranslations("benefits.desk.entitlements");
  const locale = useLocale();
  const f = useFormats();
  const named = benefits.map(({ id, title }) => ({ id, name: title[locale] }));
  return (
    <Card
      title={t("title")}
      actions={mayGrant && named.length > 0 && <GiveUses memberId={memberId} benefits={named} />}
    >
      <div className="grid gap-4">
        {benefits.length === 0 ? (
          <p className="text-ink-2">{t("none")}</p>
        ) : (
          <Table
            caption={t("title")}
            hideCaption
            rows={benefits}
            rowKey={({ id }) => id}
            columns={[
              { key: "benefit", header: t("benefit"), names: true, cell: ({ title }) => title[locale] },
              {
                key: "tier",
                header: t("fromTier"),
                cell: ({ inTier, uses }) =>
                  inTier ? t("ofAllowance", { left: uses.fromTier, allowance: uses.allowance }) : t("notInTier"),
              },
              { key: "granted", header: t("granted"), align: "end", cell: ({ uses }) => f.count(uses.granted) },
              { key: "renews", header: t("renews"), cell: ({ uses }) => f.date(uses.renewsAt) },
              ...(mayGrant
                ? [
                    {
                      key: "codes",
                      header: t("codes"),
                      cell: ({ id, title }: Entitlements["benefits"][number]) => (
                        <RevokeCodes memberId={memberId} benefitId={id} benefit={title[locale]} />
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
        {grants.length > 0 && (
          <Table
            caption={t("grants")}
            rows={grants}
            rowKey={({ id }) => id}
            columns={[
              { key: "benefit", header: t("benefit"), names: true, cell: ({ title }) => title?.[locale] },
              { key: "used", header: t("used"), cell: ({ uses, used }) => t("usedOf", { used, uses }) },
              { key: "reason", header: t("reason"), cell: ({ reason }) => reason },
              { key: "by", header: t("by"), cell: ({ grantedBy }) => grantedBy },
              {
                key: "until",
                header: t("until"),
                cell: ({ endsAt, revokedAt }) =>
                  revokedAt === null ? f.dateTime(endsAt) : t("revokedAt", { at: f.dateTime(revokedAt) }),
              },
              ...(mayGrant
                ? [
                    {
                      key: "act",
                      header: t("act"),
                      cell: ({ id, uses, used, revokedAt, endsAt }: Entitlements["grants"][number]) =>
                        revokedAt === null &&
                        used < uses &&
                        endsAt > new Date() && <RevokeGrant benefitGrantId={id} left={uses - used} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
    </Card>
  );
}
