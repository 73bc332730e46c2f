import { useTranslations } from "next-intl";
import { NoticeChanges } from "#app/(portal)/notices/notice-changes.tsx";
import { Card } from "#app/ui/card.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import type { NoticeDetail } from "./detail.ts";

/** Every version that was ever public: by whom, whether it was material and why, what it changed, its hash. */
export function History({
  versions,
  names,
}: {
  versions: NoticeDetail["versions"];
  names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("notices");
  return (
    <Card title={t("detail.history")}>
      {versions.length === 0 && <p className="text-ink-2">{t("detail.historyNone")}</p>}
      <Timeline
        label={t("detail.history")}
        entries={versions.map((version) => ({
          key: String(version.version),
          at: version.publishedAt,
          title: t("version", { version: version.version }),
          detail: (
            <div className="grid gap-2">
              <p>
                {t("detail.people", {
                  drafted: version.draftedBy ?? "--",
                  reviewed: version.reviewedBy ?? "--",
                  published: version.publishedBy ?? "--",
                })}
              </p>
              <p>{t("detail.decision", { material: String(version.material), reason: version.materialReason })}</p>
              <p className="font-mono text-sm break-all">{t("detail.hash", { hash: version.hash })}</p>
              {version.changes.length > 0 && (
                <NoticeChanges caption={t("detail.changes")} changes={version.changes} purposes={names} />
              )}
            </div>
          ),
        }))}
      />
    </Card>
  );
}
