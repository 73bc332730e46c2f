import { useTranslations } from "next-intl";
import { Provenance, provenanceBases } from "#server/orders/importing/model.ts";
import { Select, TextField } from "../../ui/field.tsx";

/** Asks who gave a file that is no platform's own export, by what right and for what. */
export function OriginFields({
  field,
  start,
  required = false,
}: {
  field: (name: string) => { name: string; error: string | undefined };
  /** What was declared before. */
  start?: Provenance | undefined;
  required?: boolean;
}) {
  const t = useTranslations("orders.origin");
  return (
    <>
      <p className="text-ink-2">{t("askBody")}</p>
      <TextField
        {...field("supplier")}
        label={t("supplier")}
        hint={t("supplierHint")}
        defaultValue={start?.supplier}
        required={required}
        maxLength={80}
        autoComplete="off"
      />
      <Select
        {...field("basis")}
        label={t("basis")}
        defaultValue={start?.basis}
        required={required}
        options={provenanceBases.map((value) => ({ value, label: t(`bases.${value}`) }))}
      />
      <TextField
        {...field("reference")}
        label={t("reference")}
        hint={t("referenceHint")}
        defaultValue={start?.reference}
        required={required}
        maxLength={120}
        autoComplete="off"
      />
      <TextField
        {...field("scope")}
        label={t("scope")}
        hint={t("scopeHint")}
        defaultValue={start?.scope}
        required={required}
        maxLength={200}
        autoComplete="off"
      />
    </>
  );
}

/** What was declared in the form; null where all of it was left empty. Throws a schema's error, field by field. */
export function provenanceOf(data: FormData): Provenance | null {
  const said = Object.fromEntries(
    ["supplier", "basis", "reference", "scope"].map((name) => [name, data.get(name)?.toString().trim() ?? ""]),
  );
  return Object.values(said).some((value) => value !== "") ? Provenance.parse(said) : null;
}
