"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { toast } from "#app/ui/toast.tsx";

/** Asks for the daily sweep now; what is erased cannot be had back. */
export function RunNow({ due }: { due: number }) {
  const t = useTranslations("consents.desk.retention");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("run")}
      title={t("runTitle")}
      confirm={t("run")}
      tone="primary"
      act={() => trpc.consents.retention.run.mutate()}
      done={() => {
        toast(t("asked"));
        router.refresh();
      }}
    >
      <p>{t("runHint", { count: due })}</p>
    </ConfirmButton>
  );
}
