import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { PurposeCode } from "#server/consents/model.ts";
import { fieldNamesOf } from "../../purposes.ts";
import { currentStaff } from "../../session.ts";
import { stateTones } from "../states.ts";
import { TermsList } from "../terms-list.tsx";
import { Assess } from "./assess.tsx";
import { Assessments } from "./assessments.tsx";
import { Draft } from "./draft.tsx";
import { History } from "./history.tsx";
import { Activate, Resume, Retire, Suspend } from "./moves.tsx";

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activities");
  return { title: t("title") };
}

/** One activity: what is in force, what is in the making, its assessments, every version, and where it may go next. */
export default async function ActivityPage({ params }: Props) {
  const code = PurposeCode.safeParse((await params).code).data;
  if (code === undefined) notFound();
  const api = await server();
  const [t, locale, staff, activity] = await Promise.all([
    getTranslations("activities"),
    getLocale(),
    currentStaff(),
    api.consents.activities.detail({ code }),
  ]);
  const { state, own, due, draft, inForce, definitions, assessments, versions } = activity;
  const shown = inForce?.terms ?? draft?.terms;
  if (shown === undefined) notFound();
  const may = (permission: "activity:draft" | "activity:assess" | "activity:approve" | "activity:move") =>
    staff?.permissions.includes(permission) ?? false;
  const names = fieldNamesOf([...definitions.values()], locale);
  const mayMove = !own && may("activity:move");
  const isReady = mayMove && draft?.assessed && draft.faults.length === 0;
  return (
    <ClientMessages of={["activities", "fields"]}>
      <PageHeader
        back={{ href: "/desk/activities", label: t("detail.back") }}
        title={shown.name[locale]}
        badge={<Badge tone={stateTones[state]}>{t(`states.${state}`)}</Badge>}
        actions={
          <>
            {!own && may("activity:draft") && state !== "retired" && (
              <LinkButton href={`/desk/activities/${code}/edit`}>
                {t(draft ? "detail.editDraft" : "detail.edit")}
              </LinkButton>
            )}
            {mayMove && state === "suspended" && draft === null && <Resume code={code} />}
            {mayMove && state === "active" && <Suspend code={code} />}
            {mayMove && (state === "active" || state === "suspended") && <Retire code={code} />}
          </>
        }
      />
      <div className="grid gap-4">
        {own && <Notice>{t("detail.own")}</Notice>}
        {due && (
          <Notice
            tone="warn"
            title={t("detail.due", { reasons: due.reasons.map((one) => t(`reasons.${one}`)).join(" · ") })}
          >
            {t("detail.dueBlocks")}
          </Notice>
        )}
        {due && may("activity:assess") && <Assess key={due.termsHash} code={code} termsHash={due.termsHash} />}
        {draft && (
          <Draft
            activity={activity}
            draft={draft}
            names={names}
            actions={isReady && <Activate code={code} version={(inForce?.version ?? 0) + 1} />}
          />
        )}
        {draft && draft.reasons.length > 0 && may("activity:assess") && (
          <Assess key={draft.termsHash} code={code} termsHash={draft.termsHash} />
        )}
        {inForce && (
          <Card title={`${t("detail.inForce")} · ${t("detail.version", { version: inForce.version })}`}>
            <TermsList code={code} terms={inForce.terms} definitions={definitions} />
          </Card>
        )}
        {(!own || due || assessments.length > 0) && (
          <Assessments assessments={assessments} mayApprove={may("activity:approve")} />
        )}
        {!own && <History versions={versions} names={names} />}
      </div>
    </ClientMessages>
  );
}
