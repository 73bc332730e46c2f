import { getLocale, getTranslations } from "next-intl/server";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton, TextLink } from "#app/ui/link.tsx";
import { Quota } from "./quota.tsx";

/** Benefits shown on the home page: as many as a glance takes. */
const SHOWN = 3;

/** What a member's tier gives, those that ask for nothing first; the same for everybody in it. */
export async function TierBenefits({ tier }: { tier: string }) {
  const api = await server();
  const [t, locale, benefits] = await Promise.all([
    getTranslations("benefits.mine.home"),
    getLocale(),
    api.benefits.ofTier({ tier }),
  ]);
  const shown = benefits.toSorted((a, b) => Number(a.asks) - Number(b.asks)).slice(0, SHOWN);
  return (
    <Card title={t("title")} actions={<LinkButton href="/benefits">{t("all")}</LinkButton>}>
      {shown.length === 0 ? (
        <p className="text-ink-2">{t("none")}</p>
      ) : (
        <ul className="grid gap-1">
          {shown.map(({ id, title, quota, asks }) => (
            <li key={id}>
              <TextLink href={`/benefits/${id}`} className="inline-flex min-h-(--tap) items-center font-strong">
                {title[locale]}
              </TextLink>
              <p className="flex flex-wrap gap-x-3 text-ink-2">
                <Quota quota={quota} />
                {asks && <span className="text-ink-3">{t("asks")}</span>}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
