"use client";
import { useTranslations } from "next-intl";
import { Checkbox, NumberField, TextField } from "#app/ui/field.tsx";
import type { useSubmit } from "#app/ui/use-submit.ts";
import type { FormField, KindForm } from "#server/offers/kinds/form.ts";
import { yuanOf } from "./offer-terms.ts";

type Values = Readonly<Record<string, unknown>>;
type Field = ReturnType<typeof useSubmit>["field"];

/** The fields of one kind, drawn from its schema. */
export function RewardFields({ form, values, field }: { form: KindForm; values: Values; field: Field }) {
  return (
    <div key={form.kind} className="grid gap-4 sm:grid-cols-2">
      {form.fields.map((each) => (
        <RewardField key={each.name} kind={form.kind} field={each} value={values[each.name]} wire={field} />
      ))}
    </div>
  );
}

function RewardField({ kind, field, value, wire }: { kind: string; field: FormField; value: unknown; wire: Field }) {
  const t = useTranslations("offers");
  const name = `reward.${field.name}`;
  const label = t(`kinds.${kind}.fields.${field.name}`);
  if (field.input === "switch") return <Checkbox {...wire(name)} label={label} defaultChecked={value === true} />;
  if (field.input === "text") {
    const texts =
      typeof value === "object" && value !== null ? new Map(Object.entries(value)) : new Map<string, unknown>();
    return (
      <>
        <TextField
          {...wire(`${name}.zh-CN`)}
          label={t("form.zh", { label })}
          required
          maxLength={80}
          defaultValue={textIn(texts.get("zh-CN"))}
        />
        <TextField
          {...wire(`${name}.en`)}
          label={t("form.en", { label })}
          required
          maxLength={160}
          defaultValue={textIn(texts.get("en"))}
        />
      </>
    );
  }
  if (field.input === "code")
    return <TextField {...wire(name)} label={label} required maxLength={64} defaultValue={textIn(value)} />;
  const shown = typeof value !== "number" ? "" : field.input === "money" ? yuanOf(value) : String(value);
  return <NumberField {...wire(name)} label={label} required decimals={field.input === "money"} defaultValue={shown} />;
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
