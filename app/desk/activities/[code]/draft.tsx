import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Changes } from "../changes.tsx";
import { TermsList } from "../terms-list.tsx";
import { Verdict } from "../verdict.tsx";
import type { Activity } from "./activity.ts";

/** The version in the making: who wrote it, what the law says to it, what it changes. */
export function Draft({
  activity: { code, definitions, inForce },
  draft,
  names,
  actions,
}: {
  activity: Activity;
  draft: NonNullable<Activity["draft"]>;
  names: Readonly<Record<string, string>>;
  actions: ReactNode;
}) {
  const t = useTranslations("activities.detail");
  const shell = useTranslations("shell");
  const { dateTime } = useFormats();
  const editors = draft.editors.map((name) => name ?? "--").join(shell("listComma"));
  return (
    <Card title={t("draft")} actions={actions}>
      <div className="grid gap-4">
        <p className="text-ink-2">{t("savedAt", { names: editors, at: dateTime(draft.savedAt) })}</p>
        <Verdict faults={draft.faults} reasons={draft.reasons} assessed={draft.assessed} names={names} />
        <TermsList code={code} terms={draft.terms} definitions={definitions} />
        {inForce && (
          <>
            <h3 className="font-strong">{t("changes")}</h3>
            <Notice tone={draft.material ? "warn" : "info"}>{t(draft.material ? "material" : "immaterial")}</Notice>
            <Changes changes={draft.changes} names={names} />
          </>
        )}
      </div>
    </Card>
  );
}
