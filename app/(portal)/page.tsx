import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { site } from "#app/site.ts";
import { server } from "#app/trpc/server.ts";
import type { Query } from "#app/ui/address.ts";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { RenewConsent } from "./benefits/renew-consent.tsx";
import { TierBenefits } from "./benefits/tier-benefits.tsx";
import { PointsCard } from "./points/points-card.tsx";
import { ComingChanges } from "./tier/coming-changes.tsx";
import { TierCard } from "./tier/tier-card.tsx";
import { TierNotice } from "./tier/tier-notice.tsx";
import { TierProgress } from "./tier/tier-progress.tsx";
import { UsableOffers } from "./tier/usable-offers.tsx";
import { ToldNotice } from "./told-notice.tsx";

export async function generateMetadata() {
  const t = await getTranslations("tiers.home");
  // The layout's template reaches only the folders below it.
  return { title: { absolute: `${t("title")} · ${(await site()).brand}` } };
}

/** A member's home: my tier and why, what is missing, what I can use, what changes when, what is known about me. */
export default async function HomePage({ searchParams }: { searchParams: Promise<Query> }) {
  const api = await server();
  const [query, t, f, held, mine, points] = await Promise.all([
    searchParams,
    getTranslations("tiers.home"),
    formats(),
    api.members.held(),
    api.tiers.mine(),
    api.points.mine(),
  ]);
  return (
    <div className="grid gap-4">
      <h1 tabIndex={-1} className="sr-only">
        {t("title")}
      </h1>
      <ToldNotice query={query} />
      {mine === null ? (
        <Card>
          <FirstUse title={t("noLadder")}>{t("noLadderHint")}</FirstUse>
        </Card>
      ) : (
        <>
          <TierCard mine={mine} number={held.number} />
          <TierNotice mine={mine} otherwise={<RenewConsent />} />
          <TierProgress mine={mine} />
          <TierBenefits tier={mine.standing.tier} />
          <UsableOffers tier={mine.standing.tier} />
          <ComingChanges standing={mine.standing} />
        </>
      )}
      {points && <PointsCard balance={points.balance} />}
      <Card title={t("claim")} actions={<LinkButton href="/orders">{t("claim")}</LinkButton>}>
        <p className="text-ink-2">{t("claimHint")}</p>
      </Card>
      <Card title={t("data")} actions={<LinkButton href="/account">{t("manage")}</LinkButton>}>
        <p className="mb-3 text-ink-2">{t("dataHint")}</p>
        <KeyValues
          items={[
            { key: "number", label: t("number"), value: held.number },
            { key: "joined", label: t("joined"), value: f.date(held.joinedAt) },
            { key: "phone", label: t("phone"), value: held.phone ?? t("phoneNone") },
            { key: "passkeys", label: t("passkeys"), value: t("pieces", { count: f.count(held.passkeys) }) },
            { key: "sessions", label: t("sessions"), value: t("pieces", { count: f.count(held.sessions) }) },
            { key: "growth", label: t("growthLines"), value: t("entries", { count: f.count(mine?.entries ?? 0) }) },
            { key: "points", label: t("pointsLines"), value: t("entries", { count: f.count(points?.entries ?? 0) }) },
          ]}
        />
      </Card>
    </div>
  );
}
