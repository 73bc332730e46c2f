import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { businessDay } from "#server/core/time.ts";
import type { OwnBenefit } from "../benefits.ts";
import { minuteOf } from "./benefit.ts";
import { CancelBooking } from "./cancel-booking.tsx";

/** What is booked: on its day with the way to the code, before its beginning with the way to give it back. */
export function Bookings({ bookings }: Pick<OwnBenefit, "bookings">) {
  const t = useTranslations("benefits.mine");
  const consents = useTranslations("consents");
  const locale = useLocale();
  const { dateTime } = useFormats();
  const now = new Date();
  return (
    <Card title={t("bookings")}>
      <ul className="grid gap-4">
        {bookings.map(({ id, benefitId, startsAt, endsAt, store, childOrdinal }) => {
          const when = `${dateTime(startsAt)}–${minuteOf(dateTime(endsAt))}`;
          const isToday = businessDay(startsAt) === businessDay(now);
          return (
            <li key={id} className="grid gap-2 border-t border-line pt-3 first:border-0 first:pt-0">
              <div>
                <p className="font-strong">{when}</p>
                <p className="text-ink-2">
                  {store[locale]}
                  {childOrdinal !== null && ` · ${consents("child", { ordinal: childOrdinal })}`}
                </p>
                {!isToday && <p className="text-sm text-ink-3">{t("onDay")}</p>}
              </div>
              <div className="flex flex-wrap items-start gap-2">
                {isToday && (
                  <LinkButton tone="primary" href={`/benefits/${benefitId}/code?booking=${id}`}>
                    {t("showCode")}
                  </LinkButton>
                )}
                {startsAt > now && <CancelBooking bookingId={id} when={when} />}
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
