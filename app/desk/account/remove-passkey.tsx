"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import type { Id } from "#server/core/id.ts";

/** Takes a passkey off one's own account. */
export function RemovePasskey({ passkeyId }: { passkeyId: Id<"passkey"> }) {
  const t = useTranslations("staff.account");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("remove")}
      title={t("removePasskey")}
      confirm={t("remove")}
      tone="quiet"
      size="sm"
      act={() => trpc.staff.factors.removePasskey.mutate({ passkeyId })}
      done={() => router.refresh()}
    >
      {t("removePasskeyHint")}
    </ConfirmButton>
  );
}
