import { useTranslations } from "next-intl";
import { Card } from "#app/ui/card.tsx";
import type { ActivityTerms } from "#server/consents/activities/model.ts";
import { assessmentReasons, faults } from "#server/consents/activities/rules.ts";
import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";
import { Verdict } from "./verdict.tsx";

/** What the law says to the terms while they are being written; `terms` is null while something is still missing. */
export function LiveCheck({
  terms,
  definitions,
  names,
}: {
  terms: ActivityTerms | null;
  definitions: ReadonlyMap<FieldKey, FieldDefinition>;
  names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("activities");
  return (
    <Card title={t("form.check")} className="xl:sticky xl:top-4">
      <div aria-live="polite" className="grid gap-3">
        {terms === null && <p className="text-ink-2">{t("form.incomplete")}</p>}
        {terms && (
          <>
            <p>{t("form.consentNeeded", { kind: t(`consentKinds.${terms.consentKind}`) })}</p>
            <Verdict
              faults={faults(terms, definitions)}
              reasons={assessmentReasons(terms, definitions)}
              names={names}
            />
          </>
        )}
      </div>
    </Card>
  );
}
