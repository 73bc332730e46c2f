"use client";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Choices, DateField, NumberField, TextField } from "#app/ui/field.tsx";
import type { FieldDefinition } from "#server/consents/fields/model.ts";
import { businessDay } from "#server/core/time.ts";
import { inputNames } from "./values.ts";

type Wired = (name: string) => { name: string; error: string | undefined };

/** What is asked for one field, drawn from its definition; nothing is filled in or chosen beforehand but what was given. */
export function ValueInput({
  definition,
  why,
  form,
  field,
  given,
}: {
  definition: FieldDefinition;
  /** Why it is asked for. */
  why?: ReactNode;
  form: string;
  field: Wired;
  given?: { readonly value: string; readonly measuredOn: string | null } | undefined;
}) {
  const t = useTranslations("consents.value");
  const locale = useLocale();
  const { key, format } = definition;
  const names = inputNames(form, key);
  const label = definition.name[locale];
  const shape = useShapes()(definition);
  const hint = (
    <>
      {why && <span className="block text-ink-2">{why}</span>}
      {shape}
    </>
  );
  const common = { ...field(names.value), label, hint, required: true };
  if (format.kind === "choice") {
    return (
      <Choices
        {...common}
        inline
        chosen={given === undefined ? [] : [given.value]}
        options={format.options.map(({ value, name }) => ({ value, label: name[locale] }))}
      />
    );
  }
  if (format.kind === "month") {
    return (
      <TextField {...common} type="month" max={businessDay(new Date()).slice(0, 7)} defaultValue={given?.value ?? ""} />
    );
  }
  if (format.kind === "text") return <TextField {...common} maxLength={format.maxLength} defaultValue={given?.value} />;
  return (
    <div className="grid gap-3">
      <NumberField {...common} decimals={format.decimals > 0} maxLength={11} defaultValue={given?.value} />
      {format.measured && (
        <DateField
          {...field(names.measuredOn)}
          label={t("measuredOnOf", { field: label })}
          required
          max={businessDay(new Date())}
          defaultValue={given?.measuredOn ?? ""}
        />
      )}
    </div>
  );
}

/** What an answer to a field looks like, in words; nothing for a choice, which shows it. */
function useShapes(): (definition: FieldDefinition) => string | null {
  const t = useTranslations("consents.value");
  const locale = useLocale();
  return ({ format }) => {
    switch (format.kind) {
      case "month":
        return t("month");
      case "number": {
        const { min, max, decimals } = format;
        const range = { min: String(min), max: String(max), unit: format.unit[locale] };
        return decimals === 0 ? t("number", range) : t("decimals", { ...range, decimals });
      }
      case "text":
        return t("text", { count: format.maxLength });
      default:
        return null;
    }
  };
}

/** What to say beside each input of these fields when its answer is missing or not in form. */
export function useValueFaults(form: string, fields: readonly FieldDefinition[]): Readonly<Record<string, string>> {
  const t = useTranslations("consents.value");
  const said = ({ format }: FieldDefinition) => {
    switch (format.kind) {
      case "month":
        return t("monthWrong");
      case "number":
        return t("numberWrong", { min: String(format.min), max: String(format.max) });
      case "choice":
        return t("choiceWrong");
      default:
        return t("textWrong", { count: format.maxLength });
    }
  };
  return Object.fromEntries(
    fields.flatMap((definition) => {
      const names = inputNames(form, definition.key);
      return [
        [names.value, said(definition)],
        [names.measuredOn, t("dayWrong")],
      ];
    }),
  );
}
