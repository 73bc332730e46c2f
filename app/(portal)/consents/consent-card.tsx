import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge } from "#app/ui/badge.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { slugOf } from "#server/consents/notices/model.ts";
import { ConsentActs } from "./consent-acts.tsx";
import { askAddress, type Consent, type OwnValue, stateTones } from "./consents.ts";
import { CorrectValues } from "./correct-values.tsx";

/** One purpose for one person: what it is for, where the consent stands and since when, what was given, what can be done. */
export function ConsentCard({ consent, values }: { consent: Consent; values: readonly OwnValue[] }) {
  const t = useTranslations("consents");
  const locale = useLocale();
  const { date } = useFormats();
  const { purpose, terms, notice, child, since, decisionId, holdUntil, standing, fields } = consent;
  const of = { purpose, childId: child?.id ?? null };
  const name = terms.name[locale];
  const isGiven = standing.state === "granted" || standing.state === "stale";
  const nameOf = (key: string) => fields.find((field) => field.key === key)?.definition.name[locale] ?? key;
  return (
    <article className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3">
        <h3 className="me-auto font-strong">{name}</h3>
        <Badge tone={stateTones[standing.state]}>{t(`states.${standing.state}`)}</Badge>
        {standing.restricted && <Badge tone="warn">{t("mine.restricted")}</Badge>}
        {standing.disputed && <Badge tone="warn">{t("mine.disputed")}</Badge>}
      </div>
      <p className="text-ink-2">{terms.purpose[locale]}</p>
      <p className="flex flex-wrap items-center gap-x-4 text-sm text-ink-3">
        {since && <span>{t("mine.since", { date: date(since) })}</span>}
        <TextLink href={`/notices/${slugOf(notice.key)}`} className="inline-flex min-h-(--tap) items-center">
          {t("mine.notice", { version: notice.version })}
        </TextLink>
        {decisionId && (
          <TextLink href={`/consents/receipts/${decisionId}`} className="inline-flex min-h-(--tap) items-center">
            {t("mine.receipt")}
          </TextLink>
        )}
      </p>
      {holdUntil && <p className="text-ink-2">{t("mine.holdUntil", { date: date(holdUntil) })}</p>}
      {standing.restricted && isGiven && <p className="text-ink-2">{t("mine.restrictedHint")}</p>}
      {standing.state === "granted" && (
        <section aria-label={t("mine.values")} className="rounded-md bg-sunken p-3">
          {values.length === 0 ? (
            <p className="text-ink-2">{t("mine.valuesNone")}</p>
          ) : (
            <KeyValues
              items={values.map((value) => ({
                key: value.field,
                label: nameOf(value.field),
                value: <GivenValue value={value} field={fields.find(({ key }) => key === value.field)} />,
              }))}
            />
          )}
          <CorrectValues
            of={of}
            values={values}
            fields={fields.filter(({ key }) => standing.fields.includes(key)).map(({ definition }) => definition)}
          />
        </section>
      )}
      <ConsentActs
        of={of}
        name={child === null ? name : `${name} · ${t("child", { ordinal: child.ordinal })}`}
        sheet={askAddress(of, "/consents")}
        isGiven={isGiven}
        isAsked={standing.state !== "granted"}
        isRestricted={standing.restricted}
        given={standing.state === "granted" ? values.map(({ field }) => nameOf(field)) : []}
      />
    </article>
  );
}

/** A value as it was given, in words, and how long it is kept. */
function GivenValue({ value, field }: { value: OwnValue; field: Consent["fields"][number] | undefined }) {
  const t = useTranslations("consents");
  const locale = useLocale();
  const { date } = useFormats();
  const format = field?.definition.format;
  const spelt =
    format?.kind === "choice"
      ? format.options.find((option) => option.value === value.value)?.name[locale]
      : format?.kind === "number"
        ? `${value.value} ${format.unit[locale]}`
        : value.value;
  return (
    <>
      <span className="block font-strong">
        {value.measuredOn === null
          ? (spelt ?? value.value)
          : t("value.measured", { value: spelt ?? value.value, date: value.measuredOn })}
      </span>
      <span className="block text-sm text-ink-3">
        {value.expiresAt === null ? t("mine.keptOn") : t("mine.keptUntil", { date: date(value.expiresAt) })}
      </span>
    </>
  );
}
