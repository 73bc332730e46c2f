import { useTranslations } from "next-intl";
import { Table } from "#app/ui/table.tsx";
import type { TermsChange } from "#server/consents/activities/changes/rules.ts";
import { usePathText } from "./path-text.ts";

/** In what two versions of an activity differ. */
export function Changes({
  changes,
  names,
}: {
  changes: readonly TermsChange[];
  /** What fields are called. */
  names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("activities.detail");
  const pathText = usePathText(names);
  if (changes.length === 0) return <p className="text-ink-2">{t("changesNone")}</p>;
  return (
    <Table
      caption={t("changes")}
      hideCaption
      rows={changes}
      rowKey={({ path }) => path}
      columns={[
        { key: "what", header: t("what"), names: true, cell: ({ path }) => pathText(path) },
        { key: "before", header: t("before"), cell: ({ before }) => before ?? "--" },
        { key: "after", header: t("after"), cell: ({ after }) => after ?? "--" },
      ]}
    />
  );
}
