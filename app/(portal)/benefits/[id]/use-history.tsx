import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import type { Caller } from "#server/api/root.ts";
import type { OwnBenefit } from "../benefits.ts";

type History = Awaited<ReturnType<Caller["benefits"]["history"]>>;

/** What became of this benefit so far: uses, and bookings that came to nothing. It stays whatever is withdrawn. */
export function UseHistory({ benefit, history }: { benefit: OwnBenefit; history: History }) {
  const t = useTranslations("benefits.mine");
  const locale = useLocale();
  const { dateTime } = useFormats();
  const uses = history.uses.filter(({ benefitId }) => benefitId === benefit.id);
  const bookings = history.bookings.filter(
    ({ id, benefitId, state }) =>
      benefitId === benefit.id && state !== "redeemed" && !benefit.bookings.some((standing) => standing.id === id),
  );
  return (
    <Card title={t("history")}>
      {uses.length + bookings.length === 0 && <p className="text-ink-2">{t("historyNone")}</p>}
      <ul className="grid gap-2">
        {uses.map(({ id, at, store }) => (
          <li key={id}>{t("used", { date: dateTime(at), store: store[locale] })}</li>
        ))}
        {bookings.map(({ id, startsAt, store, state }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <span className="me-auto">
              {dateTime(startsAt)} · {store[locale]}
            </span>
            <span className="text-ink-2">{t(`states.${state}`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
