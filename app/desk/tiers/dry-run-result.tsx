import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { TierName } from "#app/ui/badge.tsx";
import { ChartFigure } from "#app/ui/charts/figure.tsx";
import { Table } from "#app/ui/table.tsx";
import { type DryRun, type MigrationRow, tierName } from "#server/tiers/ladders/rules.ts";
import type { LadderTerms } from "#server/tiers/model.ts";
import { MigrationBars } from "./migration-bars.tsx";

/** Whom a draft would move: on the day it takes effect, and had it always been the rule. */
export function DryRunResult({ run, terms }: { run: DryRun; terms: LadderTerms }) {
  const t = useTranslations("tiers.draft");
  const f = useFormats();
  return (
    <div className="grid gap-6">
      <p className="text-ink-2">{t("dryRunDone", { members: f.count(run.members), date: f.date(run.at) })}</p>
      <div className="grid gap-6 xl:grid-cols-2">
        <Migration rows={run.onEffect} terms={terms} title={t("onEffect")} hint={t("onEffectHint")} />
        <Migration rows={run.hadItAlwaysBeen} terms={terms} title={t("always")} hint={t("alwaysHint")} />
      </div>
    </div>
  );
}

function Migration({
  rows,
  terms,
  title,
  hint,
}: {
  rows: readonly MigrationRow[];
  terms: LadderTerms;
  title: string;
  hint: string;
}) {
  const t = useTranslations("tiers.draft");
  const locale = useLocale();
  const f = useFormats();
  const total = (of: (row: MigrationRow) => number) => f.count(rows.reduce((sum, row) => sum + of(row), 0));
  const name = ({ tier }: MigrationRow) => tierName(terms, tier, locale);
  return (
    <section className="grid content-start gap-2">
      <h3 className="text-lg font-strong">{title}</h3>
      <ChartFigure
        title={t("chartTitle", { rose: total(({ rose }) => rose), fell: total(({ fell }) => fell) })}
        hint={hint}
        draw={(width) => (
          <MigrationBars
            width={width}
            labels={{ opening: t("opening"), closing: t("closing") }}
            rows={rows.map((row) => ({ key: row.tier, label: name(row), opening: row.opening, closing: row.closing }))}
            text={f.compact}
          />
        )}
        table={
          <Table
            caption={title}
            hideCaption
            rows={rows}
            rowKey={({ tier }) => tier}
            columns={[
              {
                key: "tier",
                header: t("tierColumn"),
                names: true,
                cell: (row) => (
                  <span>
                    <TierName tier={row.tier}>{name(row)}</TierName>
                  </span>
                ),
              },
              { key: "opening", header: t("opening"), align: "end", cell: (row) => f.count(row.opening) },
              { key: "rose", header: t("rose"), align: "end", cell: (row) => f.count(row.rose) },
              { key: "kept", header: t("kept"), align: "end", cell: (row) => f.count(row.kept) },
              { key: "fell", header: t("fell"), align: "end", cell: (row) => f.count(row.fell) },
              { key: "closing", header: t("closing"), align: "end", cell: (row) => f.count(row.closing) },
            ]}
          />
        }
      />
    </section>
  );
}
