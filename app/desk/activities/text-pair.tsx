import { useTranslations } from "next-intl";
import { TextArea, TextField } from "#app/ui/field.tsx";
import type { useSubmit } from "#app/ui/use-submit.ts";
import type { PublicText } from "#server/core/public-text.ts";

export type FieldOf = ReturnType<typeof useSubmit>["field"];

/** One text in both languages, side by side; several lines of it when it is `long`. */
export function TextPair({
  name,
  label,
  hint,
  field,
  value,
  max,
  required = true,
  long = false,
}: {
  name: string;
  label: string;
  hint?: string;
  field: FieldOf;
  value: PublicText | null;
  /** Characters in Chinese; English may have twice as many. */
  max: number;
  required?: boolean;
  long?: boolean;
}) {
  const t = useTranslations("activities.form");
  const Input = long ? TextArea : TextField;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Input
        {...field(`${name}.zh-CN`)}
        label={t("zh", { label })}
        hint={hint}
        lang="zh-CN"
        required={required}
        maxLength={max}
        defaultValue={value?.["zh-CN"]}
      />
      <Input
        {...field(`${name}.en`)}
        label={t("en", { label })}
        hint={hint}
        lang="en"
        required={required}
        maxLength={max * 2}
        defaultValue={value?.en}
      />
    </div>
  );
}
