import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Checkbox, NumberField, TextField } from "#app/ui/field.tsx";
import type { useSubmit } from "#app/ui/use-submit.ts";

type Field = ReturnType<typeof useSubmit>["field"];

/** What there is to say about one form of values. */
export function FormatFields({ kind, field }: { kind: string; field: Field }) {
  const t = useTranslations("fields.add");
  if (kind === "choice") return <Options field={field} />;
  if (kind === "text") {
    return <NumberField {...field("format.maxLength")} label={t("maxLength")} required defaultValue="40" />;
  }
  if (kind !== "number") return null;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField {...field("format.unit.zh-CN")} label={t("unitZh")} required maxLength={8} />
      <TextField {...field("format.unit.en")} label={t("unitEn")} required maxLength={16} />
      <NumberField {...field("format.min")} decimals label={t("min")} required defaultValue="0" />
      <NumberField {...field("format.max")} decimals label={t("max")} required />
      <NumberField {...field("format.decimals")} label={t("decimals")} required defaultValue="0" />
      <Checkbox {...field("format.measured")} label={t("measured")} />
    </div>
  );
}

/** Two options at least; more on demand. */
function Options({ field }: { field: Field }) {
  const t = useTranslations("fields.add");
  const [count, setCount] = useState(2);
  return (
    <div className="grid gap-4">
      {Array.from({ length: count }, (_, index) => `format.options.${index}`).map((name, index) => (
        <fieldset key={name} className="grid min-w-0 gap-3 sm:grid-cols-3">
          <legend className="mb-1 font-strong">{t("option", { number: index + 1 })}</legend>
          <input type="hidden" name="format.option" value={index} />
          <TextField {...field(`${name}.value`)} label={t("value")} required maxLength={20} autoComplete="off" />
          <TextField {...field(`${name}.name.zh-CN`)} label={t("optionZh")} required maxLength={20} />
          <TextField {...field(`${name}.name.en`)} label={t("optionEn")} required maxLength={40} />
        </fieldset>
      ))}
      <div className="flex gap-2">
        <Button disabled={count === 20} onClick={() => setCount(count + 1)}>
          {t("more")}
        </Button>
        <Button disabled={count === 2} onClick={() => setCount(count - 1)}>
          {t("fewer")}
        </Button>
      </div>
    </div>
  );
}
