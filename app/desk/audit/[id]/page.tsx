import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isId } from "#server/core/id.ts";
import { formats } from "../../../format/server.ts";
import { server } from "../../../trpc/server.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { LabelledCode } from "../labelled-code.tsx";
import { ActionName, ActorName, PurposeName } from "../names.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("one") };
}

/** One entry of the log, whole, with the proof that it is what was sealed. */
export default async function EntryPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"auditEntry">(id)) notFound();
  const api = await server();
  const [entry, t, f] = await Promise.all([api.audit.entry({ entryId: id }), getTranslations("audit"), formats()]);
  const { proof } = entry;

  return (
    <>
      <PageHeader
        back={{ href: "/desk/audit", label: t("title") }}
        title={<ActionName action={entry.action} />}
        badge={<Badge tone={entry.outcome === "done" ? "ok" : "warn"}>{t(`outcomes.${entry.outcome}`)}</Badge>}
      />
      <div className="grid gap-4">
        <Card title={t("facts")}>
          <KeyValues
            items={[
              { key: "at", label: t("at"), value: f.exactTime(entry.at) },
              { key: "actor", label: t("actor"), value: <ActorName entry={entry} /> },
              { key: "action", label: t("actionCode"), value: <code className="font-mono">{entry.action}</code> },
              { key: "purpose", label: t("purpose"), value: entry.purpose && <PurposeName purpose={entry.purpose} /> },
              {
                key: "member",
                label: t("member"),
                value: entry.memberId && entry.memberNumber && (
                  <TextLink href={`/desk/members/${entry.memberId}`}>{entry.memberNumber}</TextLink>
                ),
              },
              {
                key: "subject",
                label: t("subject"),
                value: (
                  <code className="font-mono break-all">
                    {[entry.subjectKind, entry.subjectId].filter(Boolean).join(" ")}
                  </code>
                ),
              },
              {
                key: "request",
                label: t("request"),
                value: <code className="font-mono break-all">{entry.requestId}</code>,
              },
              ...Object.entries(entry.detail).map(([name, value]) => ({
                key: `detail-${name}`,
                label: <code className="font-mono">{name}</code>,
                value: value === null ? null : String(value),
              })),
            ]}
          />
          {entry.committed && <p className="mt-3 text-sm text-ink-3">{t("committed")}</p>}
        </Card>
        <Card title={t("proof.title")}>
          {proof === null ? (
            <Notice title={t("proof.none")}>{t("proof.noneHint")}</Notice>
          ) : (
            <div className="grid gap-4">
              <Notice tone={proof.holds ? "ok" : "bad"} title={t(proof.holds ? "proof.holds" : "proof.fails")}>
                {t("proof.how", { seq: f.count(entry.seq), size: f.count(proof.size), steps: proof.path.length })}
              </Notice>
              <LabelledCode label={t("proof.hashed")} text={entry.text} />
              <LabelledCode label={t("proof.leaf")} text={proof.leaf} />
              {proof.path.length > 0 && <LabelledCode label={t("proof.path")} text={proof.path.join("\n")} />}
              <LabelledCode label={t("proof.checkpoint")} text={proof.checkpoint} />
            </div>
          )}
        </Card>
      </div>
    </>
  );
}
