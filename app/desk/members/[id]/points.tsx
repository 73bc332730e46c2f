import { useTranslations } from "next-intl";
import { lastDayBefore } from "#app/(portal)/tier/mine.ts";
import { useFormats } from "#app/format/use.ts";
import { Card, Stat, Stats } from "#app/ui/card.tsx";
import type { Caller } from "#server/api/root.ts";
import type { MemberId } from "#server/core/id.ts";
import { DeductPoints } from "./deduct-points.tsx";

type Points = Awaited<ReturnType<Caller["points"]["ofMember"]>>;

/** What a member has in points, and the way to deduct some. */
export function MemberPoints({
  memberId,
  points,
  mayDeduct,
}: {
  memberId: MemberId;
  points: Points;
  mayDeduct: boolean;
}) {
  const t = useTranslations("points");
  const f = useFormats();
  const { available, pending, expiring } = points?.balance ?? { available: 0, pending: 0, expiring: [] };
  const [soonest] = expiring;
  return (
    <Card title={t("title")} actions={mayDeduct && available > 0 && <DeductPoints memberId={memberId} />}>
      {points === null ? (
        <p className="text-ink-2">{t("member.none")}</p>
      ) : (
        <Stats>
          <Stat
            label={t("mine.available")}
            value={f.count(available)}
            note={
              soonest && t("home.soonest", { points: f.count(soonest.points), date: f.date(lastDayBefore(soonest.at)) })
            }
          />
          <Stat label={t("mine.pending")} value={f.count(pending)} />
        </Stats>
      )}
    </Card>
  );
}
