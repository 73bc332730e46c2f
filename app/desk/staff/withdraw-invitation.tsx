"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import type { Id } from "#server/core/id.ts";

/** Ends a link before it was used. */
export function WithdrawInvitation({ invitationId }: { invitationId: Id<"staffInvitation"> }) {
  const t = useTranslations("staff.invite");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("withdraw")}
      title={t("withdrawTitle")}
      confirm={t("withdraw")}
      tone="quiet"
      size="sm"
      act={() => trpc.staff.invitations.withdraw.mutate({ invitationId })}
      done={() => router.refresh()}
    >
      {t("withdrawHint")}
    </ConfirmButton>
  );
}
