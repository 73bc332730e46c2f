import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyValues } from "#app/ui/key-values.tsx";
import type { ActivityTerms, Recipient } from "#server/consents/activities/model.ts";
import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";

const parts = [
  "code",
  "purpose",
  "use",
  "subject",
  "basis",
  "basisDetail",
  "consentKind",
  "fields",
  "method",
  "retention",
  "storagePlace",
  "impact",
  "refusal",
  "recipients",
  "automatedDecision",
  "systems",
] as const;
type TermsPart = (typeof parts)[number];

/** All that is recorded of an activity, in the words of its author. */
export function TermsList({
  code,
  terms,
  definitions,
}: {
  code: string;
  terms: ActivityTerms;
  definitions: ReadonlyMap<FieldKey, FieldDefinition>;
}) {
  const t = useTranslations("activities");
  const fields = useTranslations("fields.subjects");
  const locale = useLocale();
  const { retention } = terms;
  const values: Readonly<Record<TermsPart, ReactNode>> = {
    code: <code className="font-mono">{code}</code>,
    purpose: terms.purpose[locale],
    use: t(`uses.${terms.use}`),
    subject: fields(terms.subject),
    basis: t(`bases.${terms.basis}`),
    basisDetail: terms.basisDetail,
    consentKind: t(`consentKinds.${terms.consentKind}`),
    fields: <Fields terms={terms} definitions={definitions} />,
    method: terms.method[locale],
    retention: t(`retention.${retention.trigger}`, { days: retention.days }),
    storagePlace: terms.storagePlace[locale],
    impact: terms.impact?.[locale] ?? null,
    refusal: terms.refusal[locale],
    recipients: <Recipients recipients={terms.recipients} />,
    automatedDecision: t(terms.automatedDecision ? "yes" : "no"),
    systems: terms.systems.join(" · "),
  };
  return <KeyValues items={parts.map((key) => ({ key, label: t(`terms.${key}`), value: values[key] }))} />;
}

function Fields({ terms, definitions }: Pick<Parameters<typeof TermsList>[0], "terms" | "definitions">) {
  const t = useTranslations("activities");
  const locale = useLocale();
  if (terms.fields.length === 0) return t("none");
  return (
    <ul className="grid gap-1">
      {terms.fields.map(({ key, necessity, mandatory }) => (
        <li key={key}>
          {definitions.get(key)?.name[locale] ?? key}{" "}
          <span className="text-sm text-ink-2">{t(mandatory ? "mandatory" : "optional")}</span>
          <p className="text-ink-2">{necessity[locale]}</p>
        </li>
      ))}
    </ul>
  );
}

function Recipients({ recipients }: { recipients: readonly Recipient[] }) {
  const t = useTranslations("activities");
  const locale = useLocale();
  if (recipients.length === 0) return t("none");
  return (
    <ul className="grid gap-1">
      {recipients.map(({ name, relation, country, contact, purpose, method }) => (
        <li key={name}>
          {name}{" "}
          <span className="text-sm text-ink-2">
            {t(`relations.${relation}`)} · {country} · {contact}
          </span>
          <p className="text-ink-2">{purpose[locale]}</p>
          <p className="text-ink-2">{method[locale]}</p>
        </li>
      ))}
    </ul>
  );
}
