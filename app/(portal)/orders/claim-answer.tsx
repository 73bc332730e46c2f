import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Notice } from "#app/ui/notice.tsx";
import type { ClaimAnswer } from "#server/orders/claims/model.ts";

type Props = { answer: ClaimAnswer; tierNames: Readonly<Record<string, string>> };

/** What became of a claim: what the order gave, or that it waits. */
export function Answer({ answer, tierNames }: Props) {
  const t = useTranslations("orders.mine");
  const { date, exactTime } = useFormats();
  if (answer.outcome === "received") {
    return (
      <Notice title={t("received")}>
        <p>{t("receivedBody", { id: answer.maskedId })}</p>
        {answer.nextTryAt && <p>{t("nextTry", { at: exactTime(answer.nextTryAt) })}</p>}
      </Notice>
    );
  }
  const { tierBefore, tierAfter, growth, countsFrom, points, usableFrom, maskedId } = answer;
  return (
    <Notice tone="ok" title={t("granted")}>
      <p>{t("grantedBody", { id: maskedId, growth })}</p>
      {growth > 0 && <p>{countsFrom ? t("effects.pending", { at: date(countsFrom) }) : t("effects.unsettled")}</p>}
      {points > 0 && (
        <p>{usableFrom ? t("pointsUsable", { points, at: date(usableFrom) }) : t("pointsPending", { points })}</p>
      )}
      {tierAfter !== null && tierAfter !== tierBefore && (
        <p className="font-strong text-ink">{t("tierUp", { tier: tierNames[tierAfter] ?? tierAfter })}</p>
      )}
    </Notice>
  );
}
