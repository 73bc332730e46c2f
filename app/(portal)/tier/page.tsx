import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { site } from "#app/site.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import { tierName } from "#server/tiers/ladders/rules.ts";
import { LedgerPage } from "#server/tiers/model.ts";
import { LineTable } from "./line-table.tsx";
import { lastDayBefore } from "./mine.ts";
import { turnSentence } from "./turn.ts";

export async function generateMetadata() {
  const t = await getTranslations("tiers.why");
  return { title: t("pageTitle") };
}

/** Why this tier: the rule that was applied, each ledger line it counted, every turn before, and the whole ledger. */
export default async function TierPage({ searchParams }: { searchParams: Promise<{ before?: string }> }) {
  const asked = LedgerPage.safeParse({ before: (await searchParams).before });
  const api = await server();
  const [t, f, locale, why, ledger, about] = await Promise.all([
    getTranslations("tiers.why"),
    formats(),
    getLocale(),
    api.tiers.explanation(),
    api.tiers.ledger(asked.success ? asked.data : {}),
    site(),
  ]);
  const back = { href: "/", label: t("back") };
  if (why === null) redirect("/");
  const { standing, history, turn, lines } = why;
  const name = (code: string, version = standing.version) => {
    const ladder = history.findLast(
      (each) => each.version <= version && each.terms.tiers.some((tier) => tier.code === code),
    );
    return tierName((ladder ?? why.ladder).terms, code, locale);
  };
  const lifted = standing.tier === standing.earned ? null : standing.manual;
  return (
    <>
      <PageHeader title={t("title", { tier: name(standing.tier) })} back={back} />
      <div className="grid gap-4">
        <Card title={t("summary")}>
          <div className="grid gap-2">
            {lifted && (
              <p>
                {t("manual", {
                  tier: name(lifted.tier),
                  start: f.date(lifted.startsAt),
                  end: f.date(lastDayBefore(lifted.endsAt)),
                  reason: lifted.reason,
                })}
              </p>
            )}
            {turn && <p>{turnSentence(t, f, turn, name)}</p>}
            {turn && turn.kind !== "started" && (
              <p className="text-sm text-ink-2">
                {t("applied", { version: turn.version })} ·{" "}
                {t("span", { from: f.date(turn.span.from), to: f.date(lastDayBefore(turn.span.to)) })}
              </p>
            )}
            <p className="text-sm text-ink-2">
              {t("review", { contact: about.privacyContact })} <TextLink href="/rules">{t("rules")}</TextLink>
            </p>
          </div>
        </Card>
        {turn && turn.kind !== "started" && (
          <Card title={t("counted")}>
            {lines.length === 0 ? (
              <p className="text-ink-2">{t("countedNone")}</p>
            ) : (
              <>
                <p className="mb-2 text-ink-2">{t("countedHint", { growth: f.count(turn.growth) })}</p>
                <LineTable caption={t("counted")} lines={lines} />
              </>
            )}
          </Card>
        )}
        <Card title={t("history")}>
          <Timeline
            label={t("history")}
            entries={standing.steps.toReversed().map((step) => ({
              key: `${step.at.getTime()} ${step.kind}`,
              at: step.at,
              title:
                step.kind === "started" ? t("historyStarted", { version: step.version }) : name(step.to, step.version),
              detail: step.kind === "started" ? undefined : turnSentence(t, f, step, name),
            }))}
          />
        </Card>
        <Card title={t("ledger")}>
          {ledger.lines.length === 0 ? (
            <FirstUse title={t("ledgerEmpty")}>{t("ledgerEmptyHint")}</FirstUse>
          ) : (
            <>
              <p className="mb-2 text-ink-2">{t("ledgerHint")}</p>
              <LineTable caption={t("ledger")} lines={ledger.lines} />
              <Pager
                first={asked.data?.before ? "/tier" : null}
                next={ledger.before && `/tier?before=${ledger.before}`}
              />
            </>
          )}
        </Card>
      </div>
    </>
  );
}
