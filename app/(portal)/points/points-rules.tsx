import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";
import { PointsChanges, PointsTermsList } from "./terms.tsx";

/** The rules for points that hold now, and those that are announced; nothing for a brand without points. */
export async function PointsRules() {
  const api = await server();
  const [t, f, versions] = await Promise.all([getTranslations("points.rules"), formats(), api.points.rulebook()]);
  const current = versions.find(({ status }) => status === "inForce");
  const announced = versions.filter(({ status }) => status === "announced").reverse();
  if (versions.length === 0) return null;
  return (
    <Card title={t("title")}>
      <div className="grid gap-4">
        {announced.map(({ id, version, effectiveFrom, previous, terms, changes }) => (
          <section key={id} className="grid gap-2">
            <h3 className="font-strong">{t("announced", { version, date: f.date(effectiveFrom) })}</h3>
            <PointsChanges caption={t("changes", { version })} before={previous} after={terms} changes={changes} />
          </section>
        ))}
        {current ? (
          <section className="grid gap-2">
            <h3 className="font-strong">
              {t("version", { version: current.version, date: f.date(current.effectiveFrom) })}
            </h3>
            <PointsTermsList terms={current.terms} />
          </section>
        ) : (
          <p className="text-ink-2">{t("none")}</p>
        )}
      </div>
    </Card>
  );
}
