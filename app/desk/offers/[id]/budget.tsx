import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import type { Offer } from "./offer.ts";

/** How much of a budget is held by reservations and uses, and how much is used for good. */
export function Budget({ budget }: { budget: NonNullable<Offer["budget"]> }) {
  const t = useTranslations("offers");
  const { count, money } = useFormats();
  const { limitCount, limitFen, usedCount, usedFen, redeemedCount, redeemedFen } = budget;
  const both = (uses: number, amount: number) =>
    [
      ...(limitCount === null ? [] : [t("list.ofCount", { used: count(uses), limit: count(limitCount) })]),
      ...(limitFen === null ? [] : [t("list.ofMoney", { used: money(amount), limit: money(limitFen) })]),
    ].join(" · ");
  return (
    <Card title={t("detail.budget")}>
      <KeyValues
        items={[
          { key: "used", label: t("detail.budgetUsed"), value: both(usedCount, usedFen) },
          { key: "redeemed", label: t("detail.budgetRedeemed"), value: both(redeemedCount, redeemedFen) },
        ]}
      />
    </Card>
  );
}
