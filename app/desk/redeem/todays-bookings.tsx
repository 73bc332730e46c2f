import { useLocale, useTranslations } from "next-intl";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import type { Caller } from "#server/api/root.ts";
import { Span } from "./span.tsx";

type Booking = Awaited<ReturnType<Caller["benefits"]["redeem"]["today"]>>[number];

/** Who comes today, when and for what; nothing else about them. */
export function TodaysBookings({ bookings }: { bookings: readonly Booking[] }) {
  const t = useTranslations("redemption.today");
  const locale = useLocale();
  return (
    <Card title={t("title", { count: bookings.length })}>
      {bookings.length === 0 && <p className="text-ink-2">{t("none")}</p>}
      <ul>
        {bookings.map((booking) => (
          <li
            key={booking.bookingId}
            className="flex flex-wrap items-center gap-x-4 border-b border-line py-2 last:border-0"
          >
            <span className="text-lg font-strong">
              <Span startsAt={booking.startsAt} endsAt={booking.endsAt} />
            </span>
            <span className="min-w-0 grow">
              {booking.title?.[locale]} <span className="font-mono text-ink-2">{booking.member}</span>
            </span>
            <Badge tone={booking.state === "redeemed" ? "ok" : "info"}>{t(`states.${booking.state}`)}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}
