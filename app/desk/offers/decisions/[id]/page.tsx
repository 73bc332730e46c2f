import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Answers, QuotedLines } from "#app/(portal)/offers/answers.tsx";
import { tierNamesOf } from "#app/(portal)/offers/names.ts";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Badge, TierName } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers.decisions");
  return { title: t("title") };
}

/** One decision, decided again from its record: what was asked, what was answered, and every reason. */
export default async function DecisionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"decision">(id)) notFound();
  const api = await server();
  const [t, shell, channelName, f, locale, made] = await Promise.all([
    getTranslations("offers.decisions"),
    getTranslations("shell"),
    getTranslations("offers.channels"),
    formats(),
    getLocale(),
    api.offers.replay({ decisionId: id }),
  ]);
  const { tiers, rows } = await api.offers.priceList({ channel: made.question.channel });
  const names = tierNamesOf(tiers, locale);
  const { question } = made;
  return (
    <>
      <PageHeader
        back={{ href: "/desk/offers/decisions", label: t("back") }}
        title={t("title1", { id: f.maskedId(made.id) })}
        badge={<Badge tone={made.same ? "ok" : "bad"}>{t(made.same ? "same" : "different")}</Badge>}
      />
      <div className="grid gap-4">
        <Notice tone={made.same ? "ok" : "bad"}>{t(made.same ? "sameHint" : "differentHint")}</Notice>
        <Card title={t("question")}>
          <KeyValues
            items={[
              { key: "id", label: t("id"), value: <code className="font-mono text-sm break-all">{made.id}</code> },
              {
                key: "tier",
                label: t("tier"),
                value: <TierName tier={question.tier}>{names[question.tier] ?? question.tier}</TierName>,
              },
              { key: "channel", label: t("channel"), value: channelName(question.channel) },
              { key: "at", label: t("askedAt"), value: f.exactTime(new Date(question.at)) },
              { key: "newMember", label: t("newMember"), value: shell(question.newMember ? "yes" : "no") },
            ]}
          />
          <p className="mt-3 text-sm text-ink-3">{t("inputs")}</p>
        </Card>
        <Card title={t("answer")}>
          <QuotedLines
            caption={t("answer")}
            lines={made.quote.lines}
            names={new Map(rows.map(({ product }) => [product.sku, product.name]))}
          />
        </Card>
        <Card title={t("offers")}>
          <Answers
            caption={t("offers")}
            answers={made.quote.offers}
            titles={new Map(made.offers.map((offer) => [offer.id, offer.terms.title]))}
            tiers={names}
          />
        </Card>
      </div>
    </>
  );
}
