"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import type { StaffId } from "#server/core/id.ts";

/** Shuts a colleague out or lets them in again, and helps one who lost their second factor. */
export function StaffActs({ staffId, name, state }: { staffId: StaffId; name: string; state: "active" | "suspended" }) {
  const t = useTranslations("staff.list");
  const router = useRouter();
  const done = () => router.refresh();
  if (state === "suspended") {
    return (
      <ConfirmButton
        label={t("reinstate")}
        title={t("reinstateTitle", { name })}
        confirm={t("reinstate")}
        tone="quiet"
        size="sm"
        act={() => trpc.staff.roles.reinstate.mutate({ staffId })}
        done={done}
      >
        {t("reinstateHint")}
      </ConfirmButton>
    );
  }
  return (
    <>
      <ConfirmButton
        label={t("reset")}
        title={t("resetTitle", { name })}
        confirm={t("reset")}
        tone="quiet"
        size="sm"
        act={() => trpc.staff.roles.resetFactors.mutate({ staffId })}
        done={done}
      >
        {t("resetHint")}
      </ConfirmButton>
      <ConfirmButton
        label={t("suspend")}
        title={t("suspendTitle", { name })}
        confirm={t("suspend")}
        tone="danger"
        size="sm"
        act={() => trpc.staff.roles.suspend.mutate({ staffId })}
        done={done}
      >
        {t("suspendHint")}
      </ConfirmButton>
    </>
  );
}
