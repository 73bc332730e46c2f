"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ClaimId } from "#server/core/id.ts";
import { DecideClaim as Decide, grantReasons, refuseReasons } from "#server/orders/claims/model.ts";
import { trpc } from "../../../../trpc/client.ts";
import { ConfirmButton } from "../../../../ui/confirm.tsx";
import { Select } from "../../../../ui/field.tsx";

const ways = { grant: grantReasons, refuse: refuseReasons } as const;

/** The two ways to end a dispute, each with its reasons. */
export function DecideClaim({ claimId }: { claimId: ClaimId }) {
  const t = useTranslations("orders.dispute");
  const reasons = useTranslations("orders.claimReasons");
  const router = useRouter();
  return (
    <>
      {(["grant", "refuse"] as const).map((way) => (
        <ConfirmButton
          key={way}
          label={t(way)}
          title={t(`${way}Title`)}
          confirm={t(way)}
          act={(data) =>
            trpc.orders.decide.mutate(Decide.parse({ claimId, grant: way === "grant", reason: data.get("why") }))
          }
          done={() => router.refresh()}
        >
          <p>{t(`${way}Body`)}</p>
          <Select
            name="why"
            label={t("reason")}
            hint={t("reasonHint")}
            options={ways[way].map((value) => ({ value, label: reasons(value) }))}
          />
        </ConfirmButton>
      ))}
    </>
  );
}
