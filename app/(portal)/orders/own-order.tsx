import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge } from "#app/ui/badge.tsx";
import type { Caller } from "#server/api/root.ts";
import { LetGo } from "./let-go.tsx";

type Order = Awaited<ReturnType<Caller["orders"]["ownOrders"]>>["orders"][number];

const tones = {
  placed: "draft",
  paid: "info",
  shipped: "info",
  completed: "ok",
  closed: "neutral",
  refunding: "warn",
  partiallyRefunded: "warn",
  refunded: "neutral",
} as const;

/** One order: what it is, what it gave, and every ledger line behind that. */
export function OwnOrder({ order }: { order: Order }) {
  const t = useTranslations("orders.mine");
  const all = useTranslations("orders");
  const points = useTranslations("points");
  const f = useFormats();
  const signed = (growth: number) => (growth > 0 ? `+${f.count(growth)}` : f.count(growth));
  return (
    <article className="grid gap-1">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="me-auto font-mono">{order.maskedId}</h3>
        <span className="font-strong">{t("growthOf", { growth: signed(order.growth) })}</span>
      </div>
      <p className="flex flex-wrap gap-x-3 text-sm text-ink-2">
        <span>{all(`platforms.${order.platform}`)}</span>
        <span>{f.date(order.placedAt)}</span>
        <span>{t("paidLine", { paid: f.money(order.paid) })}</span>
        {order.refundUnknown && <span>{t("refundUnknown")}</span>}
        {order.refunded > 0 && <span>{t("refundLine", { refund: f.money(order.refunded) })}</span>}
        <Badge tone={tones[order.status]}>{all(`statuses.${order.status}`)}</Badge>
      </p>
      <p className="text-sm text-ink-2">
        {t(`effects.${order.effect.state}`, { at: f.date(order.effect.from) })}
        {order.effect.reversed > 0 &&
          ` ${t("takenBack", {
            refunded: f.money(order.refunded),
            paid: f.money(order.paid),
            growth: f.count(order.effect.reversed),
          })}`}
      </p>
      {order.pointsWhy.length > 0 && (
        <p className="text-sm text-ink-2">
          {order.points === 0
            ? t("pointsNone")
            : order.usableFrom
              ? t("pointsUsable", { points: order.points, at: f.date(order.usableFrom) })
              : t("pointsPending", { points: order.points })}
        </p>
      )}
      {order.kept && <p className="text-sm text-ink-2">{t("kept", { why: all(`claimReasons.${order.kept}`) })}</p>}
      {order.why.length > 0 && (
        <details className="text-sm">
          <summary className="flex min-h-(--tap) cursor-pointer items-center text-brand">{t("why")}</summary>
          <ul className="grid gap-1 pt-1">
            {order.why.map((line) => (
              <li key={`${line.recordedAt.getTime()} ${line.reason} ${line.growth}`} className="flex gap-x-3">
                <span className="me-auto">{t(`reasons.${line.reason}`)}</span>
                <span className="text-ink-2">{f.date(line.recordedAt)}</span>
                <span>{signed(line.growth)}</span>
              </li>
            ))}
            {order.pointsWhy.map((line) => (
              <li key={line.id} className="flex gap-x-3">
                <span className="me-auto">{points(`line.${line.kind}`)}</span>
                <span className="text-ink-2">{f.date(line.recordedAt)}</span>
                <span>{t("pointsBy", { points: signed(line.points) })}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="justify-self-start">
        <LetGo orderId={order.id} maskedId={order.maskedId} />
      </div>
    </article>
  );
}
