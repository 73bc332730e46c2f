import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { formats } from "../../../format/server.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { server } from "../../../trpc/server.ts";
import { Card, Stat, Stats } from "../../../ui/card.tsx";
import { FirstUse } from "../../../ui/empty-state.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Table } from "../../../ui/table.tsx";
import { LabelledCode } from "../labelled-code.tsx";
import { Verify } from "../verify.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit.checkpoints");
  return { title: t("title") };
}

/** The signed heads of the log, and what an outsider needs to check them. */
export default async function CheckpointsPage() {
  const api = await server();
  const [found, last, t, f] = await Promise.all([
    api.audit.checkpoints(),
    api.audit.lastVerification(),
    getTranslations("audit.checkpoints"),
    formats(),
  ]);
  const [head] = found.checkpoints;
  const parent = await getTranslations("audit");
  return (
    <>
      <PageHeader
        back={{ href: "/desk/audit", label: parent("title") }}
        title={t("title")}
        description={t("description")}
      />
      <div className="grid gap-4">
        <ClientMessages of={["audit"]}>
          <Verify last={last} />
        </ClientMessages>
        <Card title={t("now")}>
          <Stats>
            <Stat label={t("sealed")} value={f.count(head?.size ?? 0)} />
            <Stat label={t("waiting")} value={f.count(found.waiting)} />
            <Stat label={t("at")} value={f.relative(head?.at)} />
          </Stats>
        </Card>
        <Card title={t("outside")}>
          <div className="grid gap-3">
            <p className="text-ink-2">{t("outsideHint")}</p>
            <LabelledCode label={t("key")} text={found.verifierKey} />
            {head && <LabelledCode label={t("newest")} text={head.note} />}
            <LabelledCode
              label={t("command")}
              text="npm run -s evenhand -- audit verify --from checkpoint.txt --json"
            />
          </div>
        </Card>
        <Card title={t("list")}>
          {found.checkpoints.length === 0 ? (
            <FirstUse title={t("none")} />
          ) : (
            <Table
              caption={t("list")}
              hideCaption
              rows={found.checkpoints}
              rowKey={(checkpoint) => String(checkpoint.size)}
              columns={[
                {
                  key: "size",
                  header: t("size"),
                  names: true,
                  align: "end",
                  cell: (checkpoint) => f.count(checkpoint.size),
                },
                { key: "at", header: t("at"), cell: (checkpoint) => f.exactTime(checkpoint.at) },
                {
                  key: "root",
                  header: t("root"),
                  cell: (checkpoint) => <code className="font-mono text-sm break-all">{checkpoint.root}</code>,
                },
              ]}
            />
          )}
        </Card>
      </div>
    </>
  );
}
