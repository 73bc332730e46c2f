import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { useFormats } from "#app/format/use.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import type { Caller } from "#server/api/root.ts";
import type { BenefitId } from "#server/benefits/model.ts";
import { businessDay } from "#server/core/time.ts";
import { minuteOf } from "./benefit.ts";
import { BookForm, type Guest } from "./book-form.tsx";

type Slot = Awaited<ReturnType<Caller["benefits"]["openSlots"]>>["slots"][number];

/**
 * The slots of the coming days, by day and store, each with the places it has left; one of them can be booked. The first
 * day with a place stands open.
 */
export async function Slots({ benefitId, people }: { benefitId: BenefitId; people: readonly Guest[] }) {
  const api = await server();
  const [t, locale, { slots, stores }] = await Promise.all([
    getTranslations("benefits.mine"),
    getLocale(),
    api.benefits.openSlots({ benefitId }),
  ]);
  const days = [...Map.groupBy(slots, ({ startsAt }) => businessDay(startsAt))];
  const firstWithPlaces = days.find(([, onDay]) => onDay.some(({ left }) => left > 0))?.[0];
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "Asia/Shanghai" });
  return (
    <Card title={t("book")}>
      {days.length === 0 ? (
        <p className="text-ink-2">{t("slotsNone")}</p>
      ) : (
        <BookForm people={people}>
          <p className="text-ink-2">{t("bookHint")}</p>
          <div id="field-slotId" tabIndex={-1}>
            {days.map(([day, onDay]) => (
              <details key={day} name="day" open={day === firstWithPlaces} className="border-t border-line">
                <summary className="flex min-h-(--tap) items-center gap-2">
                  <span className="font-strong">
                    {day} {weekday.format(onDay[0]?.startsAt)}
                  </span>
                  <span className="ms-auto text-sm text-ink-3">
                    {t("dayLeft", { left: onDay.reduce((sum, { left }) => sum + left, 0) })}
                  </span>
                </summary>
                <div className="grid gap-3 pb-3">
                  {stores.map((store) => (
                    <StoreSlots
                      key={store.id}
                      name={store.name[locale]}
                      slots={onDay.filter(({ storeId }) => storeId === store.id)}
                    />
                  ))}
                </div>
              </details>
            ))}
          </div>
        </BookForm>
      )}
    </Card>
  );
}

function StoreSlots({ name, slots }: { name: string; slots: readonly Slot[] }) {
  const t = useTranslations("benefits.mine");
  const { dateTime } = useFormats();
  if (slots.length === 0) return null;
  return (
    <fieldset className="grid gap-2">
      <legend className="text-sm text-ink-2">{name}</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-2">
        {slots.map(({ id, startsAt, left, own }) => {
          const time = minuteOf(dateTime(startsAt));
          return (
            <label
              key={id}
              className="flex min-h-(--tap) items-center gap-2 rounded-md border border-line px-2 has-checked:border-brand has-checked:bg-brand-soft has-disabled:text-ink-3"
            >
              <input
                type="radio"
                name="slotId"
                value={id}
                disabled={left === 0}
                className="size-[1.15em] shrink-0 accent-brand"
              />
              {own ? t("slotOwn", { time }) : left === 0 ? t("slotFull", { time }) : t("slot", { time, left })}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
