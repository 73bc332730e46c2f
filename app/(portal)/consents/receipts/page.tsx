import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { param, type Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pager } from "#app/ui/pager.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.history");
  return { title: t("title") };
}

/** Every event of a member's consent ledger, newest first, each with its receipt. */
export default async function DecisionsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const asked = Number(param(await searchParams, "before"));
  const api = await server();
  const [t, shell, f, locale, page, { purposes, children }] = await Promise.all([
    getTranslations("consents"),
    getTranslations("shell"),
    formats(),
    getLocale(),
    api.consents.ledger.history({ before: Number.isSafeInteger(asked) && asked > 0 ? asked : undefined }),
    api.consents.ledger.mine(),
  ]);
  const names = new Map(purposes.map(({ code, terms }) => [code, terms.name[locale]]));
  const fieldNames = new Map(
    purposes.flatMap(({ fields }) => fields.map(({ key, definition }) => [key, definition.name[locale]] as const)),
  );
  const lineOf = ({ action, purpose, childId }: (typeof page.events)[number]) => {
    const said = { what: t(`history.actions.${action}`), purpose: names.get(purpose) ?? purpose };
    if (childId === null) return t("history.line", said);
    const child = children.find(({ id }) => id === childId);
    const named = child === undefined ? t("history.formerChild") : t("child", { ordinal: child.ordinal });
    return t("history.childLine", { ...said, child: named });
  };
  return (
    <>
      <PageHeader
        back={{ href: "/consents", label: t("history.back") }}
        title={t("history.title")}
        description={t("history.description")}
      />
      <Card>
        {page.events.length === 0 ? (
          <FirstUse title={t("history.none")}>{t("history.noneHint")}</FirstUse>
        ) : (
          <ol className="grid gap-3">
            {page.events.map((event) => (
              <li key={event.id} className="grid gap-1 border-b border-line pb-3 last:border-0 last:pb-0">
                <div className="flex flex-wrap items-baseline gap-x-3">
                  <p className="me-auto font-strong">{lineOf(event)}</p>
                  <p className="text-sm text-ink-3">{f.dateTime(event.at)}</p>
                </div>
                {event.reason && <p className="text-ink-2">{t(`history.reasons.${event.reason}`)}</p>}
                {event.fields.length > 0 && (
                  <p className="text-sm text-ink-2">
                    {t("history.fields", {
                      fields: event.fields.map((key) => fieldNames.get(key) ?? key).join(shell("listComma")),
                    })}
                  </p>
                )}
                <TextLink
                  href={`/consents/receipts/${event.id}`}
                  aria-label={t("history.receiptOf", { what: lineOf(event), date: f.dateTime(event.at) })}
                  className="inline-flex min-h-(--tap) w-fit items-center text-sm"
                >
                  {t("history.receipt")}
                </TextLink>
              </li>
            ))}
          </ol>
        )}
        <Pager
          first={Number.isNaN(asked) ? null : "/consents/receipts"}
          next={page.before === null ? null : `/consents/receipts?before=${page.before}`}
        />
      </Card>
    </>
  );
}
