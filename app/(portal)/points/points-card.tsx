import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import type { Balance } from "#server/points/ledger/rules.ts";
import { lastDayBefore } from "../tier/mine.ts";

/** The points a member can use now, what is on its way, and what expires first. */
export function PointsCard({ balance: { available, pending, expiring } }: { balance: Balance }) {
  const t = useTranslations("points.home");
  const title = useTranslations("points")("title");
  const { count, date } = useFormats();
  const [soonest] = expiring;
  return (
    <Card title={title} actions={<LinkButton href="/points">{t("all")}</LinkButton>}>
      <p>
        {t("available")} <span className="text-xl font-strong">{count(available)}</span>
      </p>
      {pending > 0 && <p className="text-ink-2">{t("pending", { points: count(pending) })}</p>}
      {soonest && (
        <p className="text-sm text-ink-2">
          {t("soonest", { points: count(soonest.points), date: date(lastDayBefore(soonest.at)) })}
        </p>
      )}
    </Card>
  );
}
