"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OrderId } from "#server/core/id.ts";
import { UnclaimOrder as Unclaim, unclaimReasons } from "#server/orders/claims/model.ts";
import { DialOrder as Dial, dialPurposes } from "#server/orders/model.ts";
import { trpc } from "../../../../trpc/client.ts";
import { ConfirmButton } from "../../../../ui/confirm.tsx";
import { Choices } from "../../../../ui/field.tsx";

/** Shows the relay number for one call, once a purpose is named. */
export function DialOrder({ orderId }: { orderId: OrderId }) {
  const t = useTranslations("orders.order");
  const [number, setNumber] = useState<string | null>(null);
  if (number !== null) {
    return (
      <a href={`tel:${number.replace("-", ",")}`} className="font-mono text-brand">
        {t("call", { number })}
      </a>
    );
  }
  return (
    <ConfirmButton
      label={t("dial")}
      title={t("dialTitle")}
      confirm={t("dialConfirm")}
      act={async (data) => {
        const shown = await trpc.orders.dial.mutate(Dial.parse({ orderId, purpose: data.get("purpose") }));
        setNumber(shown.number);
      }}
    >
      <p>{t("dialBody")}</p>
      <Choices
        name="purpose"
        label={t("purpose")}
        chosen={["delivery"]}
        options={dialPurposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
      />
    </ConfirmButton>
  );
}

/** Takes the order from its member again. */
export function UnclaimOrder({ orderId }: { orderId: OrderId }) {
  const t = useTranslations("orders.order");
  const router = useRouter();
  return (
    <ConfirmButton
      tone="danger"
      label={t("unclaim")}
      title={t("unclaimTitle")}
      confirm={t("unclaimConfirm")}
      act={(data) => trpc.orders.unclaim.mutate(Unclaim.parse({ orderId, reason: data.get("why") }))}
      done={() => router.refresh()}
    >
      <p>{t("unclaimBody")}</p>
      <Choices
        name="why"
        label={t("unclaimReason")}
        chosen={["mistake"]}
        options={unclaimReasons.map((value) => ({ value, label: t(`unclaimReasons.${value}`) }))}
      />
    </ConfirmButton>
  );
}
