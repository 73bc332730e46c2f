import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PointsChanges, PointsTermsList } from "#app/(portal)/points/terms.tsx";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { DEFAULT_POINTS } from "#server/points/model.ts";
import { currentStaff } from "../session.ts";
import { ProposePointsForm } from "./propose-form.tsx";
import { PublishProposal } from "./publish-proposal.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("points.rules");
  return { title: t("title") };
}

/** The rules for points: in force, proposed, and every version there was. */
export default async function PointsRulesPage() {
  const api = await server();
  const [t, rules, f, staff, versions, proposal] = await Promise.all([
    getTranslations("points.desk"),
    getTranslations("points.rules"),
    formats(),
    currentStaff(),
    api.points.rulebook(),
    api.points.proposal(),
  ]);
  const may = (permission: "points:propose" | "points:publish") => staff?.permissions.includes(permission) ?? false;
  const current = versions.find(({ status }) => status === "inForce");
  return (
    <ClientMessages of={["points"]}>
      <PageHeader title={rules("title")} description={t("description")} />
      <div className="grid gap-4">
        {versions
          .filter(({ status }) => status === "announced")
          .map(({ id, version, effectiveFrom }) => (
            <Notice key={id} title={rules("announced", { version, date: f.date(effectiveFrom) })} />
          ))}
        <Card title={t("inForce")}>
          {current ? <PointsTermsList terms={current.terms} /> : <FirstUse title={t("none")}>{t("noneHint")}</FirstUse>}
        </Card>
        <Card
          title={t("proposal")}
          actions={
            proposal &&
            !proposal.own &&
            may("points:publish") && <PublishProposal policyId={proposal.id} earliest={proposal.earliest} />
          }
        >
          {proposal === null ? (
            <p className="text-ink-2">{t("proposalNone")}</p>
          ) : (
            <div className="grid gap-3">
              <p className="text-ink-2">
                {t("proposedBy", { name: proposal.proposedBy, date: f.dateTime(proposal.proposedAt) })}
              </p>
              <PointsChanges
                caption={t("proposal")}
                before={proposal.previous}
                after={proposal.terms}
                changes={proposal.changes}
              />
              {proposal.own && <Notice>{t("own")}</Notice>}
            </div>
          )}
        </Card>
        {may("points:propose") && (
          <Card title={t("propose")}>
            <p className="mb-3 text-ink-2">{t("proposeHint")}</p>
            <ProposePointsForm initial={proposal?.terms ?? versions[0]?.terms ?? DEFAULT_POINTS} />
          </Card>
        )}
        {versions.length > 0 && (
          <Card title={t("versions")}>
            <div className="grid gap-3">
              {versions.map(({ id, version, effectiveFrom, previous, terms, changes }) => (
                <details key={id}>
                  <summary className="min-h-(--tap)">
                    {rules("version", { version, date: f.date(effectiveFrom) })}
                  </summary>
                  <PointsChanges
                    caption={rules("changes", { version })}
                    before={previous}
                    after={terms}
                    changes={changes}
                  />
                </details>
              ))}
            </div>
          </Card>
        )}
      </div>
    </ClientMessages>
  );
}
