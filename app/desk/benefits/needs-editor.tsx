"use client";
import { useTranslations } from "next-intl";
import { Checkbox, TextField } from "#app/ui/field.tsx";
import type { useSubmit } from "#app/ui/use-submit.ts";
import type { BenefitTerms } from "#server/benefits/model.ts";
import type { Purpose } from "./ground.ts";

/** Which fields of the purpose the benefit asks for, and why: the purpose's own words to begin with. */
export function NeedsEditor({
  purpose,
  start,
  needed,
  onNeeded,
  field: wire,
}: {
  purpose: Purpose;
  start: BenefitTerms["needs"];
  needed: readonly string[];
  onNeeded: (needed: readonly string[]) => void;
  field: ReturnType<typeof useSubmit>["field"];
}) {
  const t = useTranslations("benefits.desk.form");
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="font-strong">{t("needs")}</legend>
      {purpose.fields.map((field) => {
        const before = start.find((need) => need.field === field.key);
        const necessity = before?.necessity ?? field.necessity;
        const name = `need.${field.key}`;
        return (
          <div key={field.key} className="grid gap-3 border-s-2 border-line ps-3">
            <Checkbox
              name="needs"
              value={field.key}
              label={field.name}
              checked={needed.includes(field.key)}
              onChange={(event) =>
                onNeeded(event.target.checked ? [...needed, field.key] : needed.filter((one) => one !== field.key))
              }
            />
            {needed.includes(field.key) && (
              <div className="grid gap-3 sm:grid-cols-2">
                <TextField
                  {...wire(`${name}.necessity.zh-CN`)}
                  label={t("whyZh", { field: field.name })}
                  required
                  maxLength={120}
                  defaultValue={necessity["zh-CN"]}
                />
                <TextField
                  {...wire(`${name}.necessity.en`)}
                  label={t("whyEn", { field: field.name })}
                  required
                  maxLength={240}
                  defaultValue={necessity.en}
                />
                <Checkbox
                  {...wire(`${name}.mandatory`)}
                  label={t("mandatory", { field: field.name })}
                  hint={t(field.mandatory ? "mandatoryHint" : "optionalHint")}
                  disabled={!field.mandatory}
                  defaultChecked={field.mandatory && (before?.mandatory ?? true)}
                />
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
