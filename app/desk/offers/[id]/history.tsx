import { useTranslations } from "next-intl";
import type { TierNames } from "#app/(portal)/offers/names.ts";
import { VersionChanges } from "#app/(portal)/offers/version-changes.tsx";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import type { Offer } from "./offer.ts";

/** Every version that was ever public: who made it so, and what it changed. */
export function History({ versions, tiers }: { versions: Offer["versions"]; tiers: TierNames }) {
  const t = useTranslations("offers.detail");
  const { dateTime } = useFormats();
  return (
    <Card title={t("history")}>
      {versions.length === 0 && <p className="text-ink-2">{t("historyNone")}</p>}
      <Timeline
        label={t("history")}
        entries={versions.map((version) => {
          const { draftedBy, approvedBy, secondApprovedBy, publishedBy } = version;
          const people = {
            drafted: draftedBy ?? "--",
            approved: approvedBy ?? "--",
            second: secondApprovedBy ?? "--",
            published: publishedBy ?? "--",
          };
          return {
            key: version.id,
            at: version.publishedAt,
            title: t("version", { version: version.version }),
            detail: (
              <div className="grid gap-2">
                <p>
                  {t(secondApprovedBy === null ? "people" : "peopleSecond", people)} ·{" "}
                  {t("effective", { at: dateTime(version.effectiveFrom) })}
                </p>
                {version.changes.length > 0 && (
                  <VersionChanges caption={t("changes")} changes={version.changes} kind={version.kind} tiers={tiers} />
                )}
              </div>
            ),
          };
        })}
      />
    </Card>
  );
}
