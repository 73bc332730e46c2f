"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { Select } from "#app/ui/field.tsx";
import { toast } from "#app/ui/toast.tsx";
import { disputeReasons, OpenCase as Input } from "#server/consents/guardianship/model.ts";
import type { GuardianRelationId } from "#server/consents/model.ts";

/** Opens a dispute for a guardian who wrote or called. */
export function OpenCase({ relationId, ordinal }: { relationId: GuardianRelationId; ordinal: number }) {
  const t = useTranslations("consents.desk");
  const router = useRouter();
  return (
    <ConfirmButton
      size="sm"
      label={t("children.openCase")}
      title={t("children.openCaseTitle", { ordinal })}
      confirm={t("children.openCase")}
      act={(data) =>
        trpc.consents.guardianship.openCase.mutate(Input.parse({ relationId, reason: data.get("reason") }))
      }
      done={() => {
        toast(t("children.caseOpened"));
        router.refresh();
      }}
    >
      <p>{t("children.openCaseEffect")}</p>
      <Select
        name="reason"
        label={t("children.caseReason")}
        required
        options={disputeReasons.map((value) => ({ value, label: t(`cases.reasons.${value}`) }))}
      />
    </ConfirmButton>
  );
}
