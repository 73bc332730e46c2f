import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChangeTable } from "#app/(portal)/rules/changes.tsx";
import { LadderRules } from "#app/(portal)/rules/ladder-rules.tsx";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { diffTerms } from "#server/tiers/ladders/rules.ts";
import { currentStaff } from "../../session.ts";
import { ApproveDraft, PublishDraft } from "../draft-acts.tsx";
import { DryRunResult } from "../dry-run-result.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tiers.draft");
  return { title: t("pageTitle") };
}

/** One draft: what it says, what it changes, whom it would move, and the two people it takes. */
export default async function DraftPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ run?: string }>;
}) {
  const { id } = await params;
  if (!isId<"tierLadder">(id)) notFound();
  const api = await server();
  const [t, tiers, f, staff, draft] = await Promise.all([
    getTranslations("tiers.draft"),
    getTranslations("tiers"),
    formats(),
    currentStaff(),
    api.tiers.ladders.one({ ladderId: id }),
  ]);
  const asked = (await searchParams).run === "1";
  const run = asked ? await api.tiers.ladders.dryRun({ terms: draft.terms }) : null;
  const may = (permission: "tier:draft" | "tier:approve" | "tier:publish") =>
    staff?.permissions.includes(permission) ?? false;
  const ref = { ladderId: id, revision: draft.revision };
  const open = draft.state !== "published";
  const changes = diffTerms(draft.published, draft.terms);
  return (
    <ClientMessages of={["tiers"]}>
      <PageHeader
        title={t("pageTitle")}
        back={{ href: "/desk/tiers", label: t("back") }}
        description={t("saved", { revision: draft.revision, date: f.dateTime(draft.editedAt) })}
        badge={<Badge tone={draft.state === "draft" ? "draft" : "ok"}>{tiers(`desk.state.${draft.state}`)}</Badge>}
        actions={
          open && (
            <>
              {may("tier:draft") && <LinkButton href={`/desk/tiers/${id}/edit`}>{t("edit")}</LinkButton>}
              {draft.state === "draft" && may("tier:approve") && !draft.own && <ApproveDraft target={ref} />}
              {draft.state === "approved" && may("tier:publish") && (
                <PublishDraft target={ref} earliest={draft.earliest} />
              )}
            </>
          )
        }
      />
      <div className="grid gap-4">
        {draft.state === "draft" && draft.own && <Notice>{t("own")}</Notice>}
        <Card title={t("diff")}>
          {draft.published === null ? (
            <p className="text-ink-2">{t("diffFirst")}</p>
          ) : changes.length === 0 ? (
            <p className="text-ink-2">{t("diffNone")}</p>
          ) : (
            <ChangeTable caption={t("diff")} before={draft.published} after={draft.terms} changes={changes} />
          )}
        </Card>
        <Card
          title={t("dryRun")}
          actions={
            open && (
              <LinkButton href={`/desk/tiers/${id}?run=1`} scroll={false}>
                {run === null ? t("dryRun") : t("dryRunAgain")}
              </LinkButton>
            )
          }
        >
          {run === null ? (
            <p className="text-ink-2">{t("dryRunHint")}</p>
          ) : (
            <DryRunResult run={run} terms={draft.terms} />
          )}
        </Card>
        <Card title={tiers("rules.terms")}>
          <LadderRules terms={draft.terms} />
        </Card>
      </div>
    </ClientMessages>
  );
}
