import { useTranslations } from "next-intl";
import { Card } from "#app/ui/card.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import { Changes } from "../changes.tsx";
import type { Activity } from "./activity.ts";

/** Every version that went live: by whom, under which fingerprint, what it changed. */
export function History({
  versions,
  names,
}: {
  versions: Activity["versions"];
  names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("activities.detail");
  return (
    <Card title={t("versions")}>
      {versions.length === 0 && <p className="text-ink-2">{t("versionsNone")}</p>}
      <Timeline
        label={t("versions")}
        entries={versions.map(({ version, activatedAt, activatedBy, termsHash, changes }) => ({
          key: String(version),
          at: activatedAt,
          title: t("version", { version }),
          detail: (
            <div className="grid gap-2">
              <p>{t("activatedBy", { name: activatedBy ?? "--" })}</p>
              <p className="font-mono text-sm break-all">{t("hash", { hash: termsHash })}</p>
              {version > 1 && <Changes changes={changes} names={names} />}
            </div>
          ),
        }))}
      />
    </Card>
  );
}
