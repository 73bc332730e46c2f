import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Table } from "#app/ui/table.tsx";
import type { Change } from "#server/offers/publishing/model.ts";
import type { TierNames } from "./names.ts";

/** In what two versions differ, term by term, as values that people read. */
export function VersionChanges({
  caption,
  changes,
  kind,
  tiers,
}: {
  caption: string;
  changes: readonly Change[];
  kind: string;
  tiers: TierNames;
}) {
  const t = useTranslations("offers");
  const label = usePathLabel(kind);
  const value = useValue(tiers);
  return (
    <Table
      caption={caption}
      hideCaption
      rows={changes}
      rowKey={({ path }) => path}
      columns={[
        { key: "path", header: t("detail.path"), names: true, cell: ({ path }) => label(path) },
        { key: "before", header: t("detail.before"), cell: ({ path, before }) => value(path, before) },
        { key: "after", header: t("detail.after"), cell: ({ path, after }) => value(path, after) },
      ]}
    />
  );
}

function usePathLabel(kind: string): (path: string) => string {
  const t = useTranslations("offers");
  return (path) => {
    const known = `paths.${path.replaceAll(".", "_")}`;
    const [, field = "", locale] = path.split(".");
    if (t.has(known)) return t(known);
    const own = `kinds.${kind}.fields.${field}`;
    if (!t.has(own)) return path;
    return locale === undefined ? t(own) : t(locale === "en" ? "form.en" : "form.zh", { label: t(own) });
  };
}

function useValue(tiers: TierNames): (path: string, value: string | null) => string {
  const t = useTranslations("offers");
  const shell = useTranslations("shell");
  const { money, dateTime } = useFormats();
  const each = (value: string, name: (code: string) => string) => value.split(", ").map(name).join(shell("listComma"));
  return (path, value) => {
    if (value === null || value === "") return "--";
    if (value === "true" || value === "false") return shell(value === "true" ? "yes" : "no");
    if (path.endsWith("Fen")) return money(Number(value));
    if (path.startsWith("conditions.window.")) return dateTime(new Date(value));
    if (path === "conditions.tiers") return each(value, (code) => tiers[code] ?? code);
    if (path === "conditions.channels") return each(value, (code) => t(`channels.${code}`));
    if (path === "reward.kind") return t(`kinds.${value}.name`);
    return path.endsWith(".period") ? t(`terms.periods.${value}`) : value;
  };
}
