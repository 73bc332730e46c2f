import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { isId } from "#server/core/id.ts";
import { Answers, QuotedLines } from "../../answers.tsx";
import { tierNamesOf } from "../../names.ts";

export async function generateMetadata() {
  const t = await getTranslations("offers.why");
  return { title: t("title") };
}

/** Why a price was what it was: worked out again from its record while the page is made (PIPL Art. 24, 48). */
export default async function WhyPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId<"decision">(id)) notFound();
  const api = await server();
  const [t, channelName, f, locale, made] = await Promise.all([
    getTranslations("offers.why"),
    getTranslations("offers.channels"),
    formats(),
    getLocale(),
    api.offers.why({ decisionId: id }),
  ]);
  const { tiers, rows } = await api.offers.priceList({ channel: made.question.channel });
  const names = tierNamesOf(tiers, locale);
  const tier = names[made.question.tier] ?? made.question.tier;
  return (
    <div className="grid gap-4">
      <PageHeader
        back={{ href: "/offers", label: t("back") }}
        title={t("title")}
        description={t("intro", {
          tier,
          channel: channelName(made.question.channel),
          at: f.dateTime(new Date(made.question.at)),
        })}
      />
      <Notice tone={made.same ? "ok" : "bad"}>{t(made.same ? "verified" : "notVerified")}</Notice>
      <Card title={t("lines")}>
        <QuotedLines
          caption={t("lines")}
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
      <p className="text-sm text-ink-3">
        {t("record", { id: made.id })} {t("human")}
      </p>
    </div>
  );
}
