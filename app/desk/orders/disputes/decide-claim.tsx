"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ClaimId } from "#server/core/id.ts";
import { trpc } from "../../../trpc/client.ts";
import { ConfirmButton } from "../../../ui/confirm.tsx";

/** The two ways to end a dispute. */
export function DecideClaim({ claimId }: { claimId: ClaimId }) {
  const t = useTranslations("orders.dispute");
  const router = useRouter();
  return (
    <div className="flex flex-wrap gap-2">
      {(["grant", "refuse"] as const).map((way) => (
        <ConfirmButton
          key={way}
          size="sm"
          label={t(way)}
          title={t(`${way}Title`)}
          confirm={t(way)}
          act={() => trpc.orders.decide.mutate({ claimId, grant: way === "grant" })}
          done={() => router.refresh()}
        >
          <p>{t(`${way}Body`)}</p>
        </ConfirmButton>
      ))}
    </div>
  );
}
