import { useTranslations } from "next-intl";
import { Card } from "#app/ui/card.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import type { Names } from "../ground.ts";
import { TermsList } from "../terms-list.tsx";
import type { Benefit } from "./benefit.ts";

/** Every version that was ever public: who answers for it, and its terms. */
export function History({ versions, names }: { versions: Benefit["versions"]; names: Names }) {
  const t = useTranslations("benefits.desk.detail");
  return (
    <Card title={t("history")}>
      {versions.length === 0 && <p className="text-ink-2">{t("historyNone")}</p>}
      <Timeline
        label={t("history")}
        entries={versions.map((version, index) => ({
          key: String(version.version),
          at: version.publishedAt,
          title: t("version", { version: version.version }),
          detail: (
            <>
              <p>
                {t("people", {
                  drafted: version.draftedBy ?? "--",
                  approved: version.approvedBy ?? "--",
                  published: version.publishedBy ?? "--",
                })}
              </p>
              <details>
                <summary className="min-h-(--tap) w-fit text-brand">{t("versionTerms")}</summary>
                <TermsList terms={version.terms} before={versions[index + 1]?.terms} names={names} />
              </details>
            </>
          ),
        }))}
      />
    </Card>
  );
}
