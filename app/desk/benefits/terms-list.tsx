import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "#app/format/use.ts";
import { KeyValues } from "#app/ui/key-values.tsx";
import type { BenefitTerms } from "#server/benefits/model.ts";
import { BandTable } from "./band-table.tsx";
import type { Names } from "./ground.ts";

type Term = { readonly key: keyof BenefitTerms; readonly say: (terms: BenefitTerms) => ReactNode };

/** All terms of a benefit in words; with `before`, what they were stands under each that differs. */
export function TermsList({ terms, before, names }: { terms: BenefitTerms; before?: BenefitTerms; names: Names }) {
  const t = useTranslations("benefits.desk.terms");
  const said = useTerms(names);
  const same = (key: keyof BenefitTerms) => JSON.stringify(terms[key]) === JSON.stringify(before?.[key]);
  return (
    <KeyValues
      items={said.map(({ key, say }) => ({
        key,
        label: t(key),
        value:
          before === undefined || same(key) ? (
            say(terms)
          ) : (
            <div className="grid gap-1 border-s-2 border-brand ps-3">
              <div className="font-strong">{say(terms)}</div>
              <div className="text-ink-2">
                {t("before")} {say(before)}
              </div>
            </div>
          ),
      }))}
    />
  );
}

function useTerms(names: Names): readonly Term[] {
  const t = useTranslations("benefits.desk");
  const comma = useTranslations("shell")("listComma");
  const locale = useLocale();
  const { dateTime } = useFormats();
  const list = (codes: readonly string[], of: Readonly<Record<string, string>>) =>
    codes.map((code) => of[code] ?? code).join(comma);
  return [
    { key: "title", say: ({ title }) => title[locale] },
    { key: "description", say: ({ description }) => description[locale] },
    { key: "tiers", say: ({ tiers }) => list(tiers, names.tiers) },
    {
      key: "gives",
      say: ({ gives }) => (gives.kind === "points" ? t("gives.points", { points: gives.points }) : t("gives.service")),
    },
    {
      key: "quota",
      say: ({ quota }) =>
        [
          t("quota", { count: quota.count, period: quota.period }),
          ...(quota.rollover > 0 ? [t("rollover", { count: quota.rollover })] : []),
        ].join(comma),
    },
    {
      key: "purpose",
      say: ({ purpose }) => (purpose === null ? t("terms.noPurpose") : list([purpose], names.purposes)),
    },
    { key: "needs", say: ({ needs }) => <Needs needs={needs} names={names} /> },
    {
      key: "derivations",
      say: ({ derivations }) =>
        derivations.length === 0
          ? t("terms.noDerivations")
          : derivations.map((table) => (
              <BandTable key={table.key} table={table} field={list([table.field], names.fields)} />
            )),
    },
    { key: "booked", say: ({ booked }) => t(booked ? "terms.byBooking" : "terms.anyTime") },
    { key: "stores", say: ({ stores }) => (stores.length === 0 ? t("terms.everyStore") : list(stores, names.stores)) },
    {
      key: "window",
      say: ({ window: { from, to } }) =>
        to === null
          ? t("terms.from", { from: dateTime(new Date(from)) })
          : t("terms.fromTo", { from: dateTime(new Date(from)), to: dateTime(new Date(to)) }),
    },
  ];
}

/** What is asked for, whether it must be given, and why. */
export function Needs({ needs, names }: { needs: BenefitTerms["needs"]; names: Names }) {
  const t = useTranslations("benefits.desk.terms");
  const locale = useLocale();
  if (needs.length === 0) return t("noNeeds");
  return (
    <ul className="grid gap-1">
      {needs.map(({ field, mandatory, necessity }) => (
        <li key={field}>
          {names.fields[field] ?? field}
          <span className="text-ink-2">{t(mandatory ? "mandatory" : "optional", { why: necessity[locale] })}</span>
        </li>
      ))}
    </ul>
  );
}
