import { useTranslations } from "next-intl";
import type { SeenTable } from "#server/orders/mapping/look.ts";
import { useFormats } from "../../../../format/use.ts";
import { KeyValues } from "../../../../ui/key-values.tsx";

/** What the file was found to be, for whoever may know better. */
export function ReadAs({ table }: { table: SeenTable }) {
  const t = useTranslations("mappings.read");
  const names = useTranslations("orders.platforms");
  const f = useFormats();
  const { container, encoding, headerRow, rowsSeen, known, platform } = table;
  const issuer = known?.platform ?? platform;
  return (
    <div className="grid gap-3">
      <KeyValues
        items={[
          { key: "container", label: t("container"), value: container.toUpperCase() },
          { key: "encoding", label: t("encoding"), value: encoding?.toUpperCase() },
          { key: "known", label: t("known"), value: issuer === null ? t("unknown") : names(issuer) },
          { key: "headerRow", label: t("headerRow"), value: t("headerRowText", { row: headerRow }) },
          { key: "rows", label: t("rows"), value: f.count(rowsSeen) },
        ]}
      />
      <p className="text-sm text-ink-3">{t("wrong")}</p>
    </div>
  );
}
