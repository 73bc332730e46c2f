"use client";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Locale } from "#app/i18n/locales.ts";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { FieldDefinition } from "#server/consents/fields/model.ts";
import type { TicketId } from "#server/consents/gateway/model.ts";

type Value = Awaited<ReturnType<typeof trpc.consents.gateway.view.mutate>>[number];
/** How long values stay on the screen. */
const SHOWN_MS = 60_000;

/** The values that an approved request opens: asked for by hand, for a minute, each look recorded. */
export function ViewValues({ ticketId, fields }: { ticketId: TicketId; fields: readonly FieldDefinition[] }) {
  const t = useTranslations("consents.desk.tickets");
  const locale = useLocale();
  const [values, setValues] = useState<readonly Value[] | null>(null);
  useEffect(() => {
    if (values === null) return;
    const timer = setTimeout(() => setValues(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [values]);
  const form = useSubmit({ send: () => trpc.consents.gateway.view.mutate({ ticketId }), done: setValues });
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
      <p className="text-ink-2">{t("viewHint")}</p>
      <div aria-live="polite">
        {values !== null && (
          <KeyValues
            items={fields.map((field) => {
              const found = values.find((value) => value.field === field.key);
              return { key: field.key, label: field.name[locale], value: found && textOf(field, found, locale) };
            })}
          />
        )}
      </div>
      {values === null ? (
        <SubmitButton form={form} className="w-fit">
          {t("view")}
        </SubmitButton>
      ) : (
        <Button className="w-fit" onClick={() => setValues(null)}>
          {t("hide")}
        </Button>
      )}
    </form>
  );
}

/** A value in words: with its unit, the name of its choice, and the day of measuring. */
function textOf({ format }: FieldDefinition, { value, measuredOn }: Value, locale: Locale): string {
  const said =
    format.kind === "number"
      ? `${value} ${format.unit[locale]}`
      : format.kind === "choice"
        ? (format.options.find((option) => option.value === value)?.name[locale] ?? value)
        : value;
  return measuredOn === null ? said : `${said} · ${measuredOn}`;
}
