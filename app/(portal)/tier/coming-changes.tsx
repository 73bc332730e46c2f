import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import type { Standing } from "#server/tiers/rules.ts";

/** Changes shown of each kind: the nearest ones. */
const NEAREST = 4;

/** What takes effect and what leaves the window, each with its day. */
export function ComingChanges({ standing: { arriving, expiring, pending } }: { standing: Standing }) {
  const t = useTranslations("tiers.home");
  const { count, date } = useFormats();
  const undated = pending - arriving.reduce((sum, { growth }) => sum + growth, 0);
  const rows = [
    ...arriving.slice(0, NEAREST).map(({ at, growth }) => ({
      key: `in ${at.getTime()}`,
      when: date(at),
      what: t("arrives", { growth: count(growth) }),
    })),
    ...(undated > 0 ? [{ key: "waits", when: t("whenCompleted"), what: t("waits", { growth: count(undated) }) }] : []),
    ...expiring.slice(0, NEAREST).map(({ at, growth }) => ({
      key: `out ${at.getTime()}`,
      when: date(at),
      what: t("leaves", { growth: count(growth) }),
    })),
  ];
  return (
    <Card title={t("changes")}>
      {rows.length === 0 ? (
        <p className="text-ink-2">{t("changesEmpty")}</p>
      ) : (
        <ul className="grid gap-2">
          {rows.map(({ key, when, what }) => (
            <li key={key} className="flex flex-wrap justify-between gap-x-4">
              <span>{what}</span>
              <span className="text-ink-2">{when}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
