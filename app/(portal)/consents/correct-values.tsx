"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { FieldDefinition } from "#server/consents/fields/model.ts";
import type { PurposeOf } from "#server/consents/model.ts";
import type { OwnValue } from "./consents.ts";
import { useValueFaults, ValueInput } from "./value-input.tsx";
import { valuesIn } from "./values.ts";

/** Corrects what was given, where it is shown; the consent stays as it is. */
export function CorrectValues({
  of,
  fields,
  values,
}: {
  of: PurposeOf;
  fields: readonly FieldDefinition[];
  values: readonly OwnValue[];
}) {
  const t = useTranslations("consents.mine");
  const router = useRouter();
  const [corrected, setCorrected] = useState(false);
  const scope = `${of.purpose}.${of.childId ?? "me"}`;
  const form = useSubmit({
    send: (data) => {
      setCorrected(false);
      return trpc.consents.ledger.correct.mutate({ ...of, values: valuesIn(data, scope, fields) });
    },
    done: () => {
      setCorrected(true);
      router.refresh();
    },
    explain: useValueFaults(scope, fields),
  });
  return (
    <details>
      <summary className="flex min-h-(--tap) items-center text-brand">{t("correct")}</summary>
      <form {...form.props} className="grid gap-4 pt-1">
        <p className="text-sm text-ink-3">{t("correctHint")}</p>
        <FormProblem form={form} signIn="/join?next=/consents" />
        {fields.map((definition) => (
          <ValueInput
            key={definition.key}
            definition={definition}
            form={scope}
            field={form.field}
            given={values.find(({ field }) => field === definition.key)}
          />
        ))}
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton form={form}>{t("save")}</SubmitButton>
          <p role="status" className="text-ok">
            {corrected ? t("corrected") : ""}
          </p>
        </div>
      </form>
    </details>
  );
}
