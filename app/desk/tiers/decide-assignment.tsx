"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { toast } from "#app/ui/toast.tsx";
import type { Id } from "#server/core/id.ts";

/** A second person's yes or no to a tier given by hand, each asked once more with its effect. */
export function DecideAssignment({
  assignmentId,
  card,
  tier,
  until,
}: {
  assignmentId: Id<"tierAssignment">;
  card: string;
  tier: string;
  until: string;
}) {
  const t = useTranslations("tiers.desk");
  const router = useRouter();
  const done = () => {
    toast(t("decided"));
    router.refresh();
  };
  return (
    <div className="flex justify-end gap-2">
      <ConfirmButton
        label={t("yes")}
        size="sm"
        title={t("yesTitle")}
        confirm={t("yes")}
        act={() => trpc.tiers.assignments.decide.mutate({ assignmentId, approve: true })}
        done={done}
      >
        <p>{t("yesEffect", { card, tier, date: until })}</p>
      </ConfirmButton>
      <ConfirmButton
        label={t("no")}
        size="sm"
        title={t("noTitle")}
        confirm={t("no")}
        act={() => trpc.tiers.assignments.decide.mutate({ assignmentId, approve: false })}
        done={done}
      >
        <p>{t("noEffect", { card })}</p>
      </ConfirmButton>
    </div>
  );
}
