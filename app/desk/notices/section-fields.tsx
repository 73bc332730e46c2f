import { useTranslations } from "next-intl";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { TextArea, TextField } from "#app/ui/field.tsx";
import type { useSubmit } from "#app/ui/use-submit.ts";
import type { NoticeContent } from "#server/consents/notices/model.ts";
import type { PublicText } from "#server/core/public-text.ts";

type Section = NoticeContent["sections"][number];
type Form = Pick<ReturnType<typeof useSubmit>, "field">;

/** One section of a draft: its heading and text in both languages, and what it lacks. */
export function SectionFields({
  form,
  name,
  section,
  missing,
  onChange,
  onRemove,
}: {
  form: Form;
  /** Where it stands in the content, as refusals name it. */
  name: string;
  section: Section;
  missing: readonly string[];
  onChange: (section: Section) => void;
  /** Absent for what the law asks for. */
  onRemove?: (() => void) | undefined;
}) {
  const t = useTranslations("notices");
  const element = t(`elements.${section.element}`);
  return (
    <div id={`section-${section.element}`} tabIndex={-1}>
      <Card
        title={element}
        actions={
          onRemove === undefined ? (
            <span className="text-sm text-ink-3">{t("editor.required")}</span>
          ) : (
            <Button size="sm" aria-label={t("editor.remove", { element })} onClick={onRemove}>
              {t("editor.removeShort")}
            </Button>
          )
        }
      >
        <div className="grid gap-3">
          {missing.map((gap) => (
            <Badge key={gap} tone="warn">
              {gap}
            </Badge>
          ))}
          <TextPair
            form={form}
            name={`${name}.heading`}
            label={(language) => t("editor.heading", { language })}
            value={section.heading}
            onChange={(heading) => onChange({ ...section, heading })}
          />
          <TextPair
            form={form}
            name={`${name}.body`}
            label={(language) => t("editor.body", { language })}
            hint={t("editor.bodyHint")}
            rows={6}
            value={section.body}
            onChange={(body) => onChange({ ...section, body })}
          />
        </div>
      </Card>
    </div>
  );
}

/** One text in both languages, side by side; several lines of it with `rows`. */
export function TextPair({
  form,
  name,
  label,
  hint,
  rows,
  value,
  onChange,
}: {
  form: Form;
  name: string;
  label: (language: string) => string;
  hint?: string;
  rows?: number;
  value: PublicText;
  onChange: (value: PublicText) => void;
}) {
  const t = useTranslations("notices.languages");
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      {(["zh-CN", "en"] as const).map((locale) => {
        const field = {
          ...form.field(`${name}.${locale}`),
          label: label(t(locale === "en" ? "en" : "zh")),
          hint,
          lang: locale,
          value: value[locale],
          onChange: (event: { target: { value: string } }) => onChange({ ...value, [locale]: event.target.value }),
        };
        return rows === undefined ? (
          <TextField key={locale} {...field} />
        ) : (
          <TextArea key={locale} {...field} rows={rows} />
        );
      })}
    </div>
  );
}
