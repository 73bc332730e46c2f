import { useLocale, useTranslations } from "next-intl";
import { Checkbox } from "#app/ui/field.tsx";
import type { ActivityTerms } from "#server/consents/activities/model.ts";
import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";
import { type FieldOf, TextPair } from "./text-pair.tsx";

/** Which data the purpose asks for, and for each why it cannot do without. */
export function FieldsEditor({
  definitions,
  start,
  chosen,
  onChosen,
  field,
}: {
  /** The fields of the subject. */
  definitions: readonly FieldDefinition[];
  start: ActivityTerms["fields"];
  chosen: readonly FieldKey[];
  onChosen: (chosen: readonly FieldKey[]) => void;
  field: FieldOf;
}) {
  const t = useTranslations("activities.form");
  const locale = useLocale();
  const asked = definitions.map(({ key }) => key).filter((key) => chosen.includes(key));
  if (definitions.length === 0) return <p className="text-ink-2">{t("fieldsNone")}</p>;
  return (
    <div className="grid gap-3">
      {definitions.map(({ key, name }) => {
        const before = start.find((one) => one.key === key);
        const path = `fields.${asked.indexOf(key)}`;
        return (
          <div key={key} className="grid gap-3 border-s-2 border-line ps-3">
            <Checkbox
              name="ask"
              value={key}
              label={t("ask", { field: name[locale] })}
              checked={chosen.includes(key)}
              onChange={({ target }) =>
                onChosen(target.checked ? [...chosen, key] : chosen.filter((one) => one !== key))
              }
            />
            {chosen.includes(key) && (
              <>
                <TextPair
                  name={`${path}.necessity`}
                  label={t("necessity", { field: name[locale] })}
                  field={field}
                  value={before?.necessity ?? null}
                  max={120}
                />
                <Checkbox
                  {...field(`${path}.mandatory`)}
                  label={t("mandatory", { field: name[locale] })}
                  hint={t("mandatoryHint")}
                  defaultChecked={before?.mandatory ?? false}
                />
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}
