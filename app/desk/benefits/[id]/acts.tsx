"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { toast } from "#app/ui/toast.tsx";
import type { BenefitId, OfBenefitDraft } from "#server/benefits/model.ts";

/** Approves exactly the draft on screen; `mandatory` lists the fields whose necessity the approver answers for. */
export function ApproveDraft({ draft, mandatory }: { draft: OfBenefitDraft; mandatory: ReactNode }) {
  const t = useTranslations("benefits.desk.detail");
  const done = useDone(t("approved"));
  return (
    <ConfirmButton
      label={t("approve")}
      title={t("approveTitle")}
      confirm={t("approve")}
      tone="primary"
      act={() => trpc.benefits.approve.mutate(draft)}
      done={done}
    >
      <p>{t("approveHint")}</p>
      {mandatory}
    </ConfirmButton>
  );
}

/** Publishes exactly the draft on screen. */
export function PublishDraft({ draft, version }: { draft: OfBenefitDraft; version: number }) {
  const t = useTranslations("benefits.desk.detail");
  const done = useDone(t("published"));
  return (
    <ConfirmButton
      label={t("publish")}
      title={t("publishTitle", { version })}
      confirm={t("publish")}
      tone="primary"
      act={() => trpc.benefits.publish.mutate(draft)}
      done={done}
    >
      <p>{t("publishHint")}</p>
    </ConfirmButton>
  );
}

/** Ends the benefit for good: asks for the word. */
export function RetireBenefit({ benefitId }: { benefitId: BenefitId }) {
  const t = useTranslations("benefits.desk.detail");
  const done = useDone(t("retired"));
  return (
    <ConfirmButton
      label={t("retire")}
      title={t("retireTitle")}
      confirm={t("retire")}
      word={t("retireWord")}
      reason={t("retireReason")}
      tone="danger"
      act={(data) => trpc.benefits.retire.mutate({ benefitId, reason: String(data.get("reason") ?? "") })}
      done={done}
    >
      <p>{t("retireHint")}</p>
    </ConfirmButton>
  );
}

function useDone(said: string): () => void {
  const router = useRouter();
  return () => {
    toast(said);
    router.refresh();
  };
}
