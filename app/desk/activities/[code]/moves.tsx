"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { toast } from "#app/ui/toast.tsx";
import { MoveActivity } from "#server/consents/activities/model.ts";
import type { PurposeCode } from "#server/consents/model.ts";

type Of = { code: PurposeCode };

/** Brings the draft into force as the next version. */
export function Activate({ code, version }: Of & { version: number }) {
  const t = useTranslations("activities.detail.move");
  return (
    <ConfirmButton
      label={t("active")}
      title={t("activeTitle", { version })}
      confirm={t("active")}
      reason={t("reason")}
      tone="primary"
      {...useMove(code, "active")}
    >
      <p>{t("activeHint")}</p>
    </ConfirmButton>
  );
}

/** Lets the version that was suspended go on. */
export function Resume({ code }: Of) {
  const t = useTranslations("activities.detail.move");
  return (
    <ConfirmButton
      label={t("resume")}
      title={t("resumeTitle")}
      confirm={t("resume")}
      reason={t("reason")}
      {...useMove(code, "active")}
    >
      <p>{t("resumeHint")}</p>
    </ConfirmButton>
  );
}

/** Stops all reads for the purpose, for the time being. */
export function Suspend({ code }: Of) {
  const t = useTranslations("activities.detail.move");
  return (
    <ConfirmButton
      label={t("suspended")}
      title={t("suspendedTitle")}
      confirm={t("suspended")}
      reason={t("reason")}
      {...useMove(code, "suspended")}
    >
      <p>{t("suspendedHint")}</p>
    </ConfirmButton>
  );
}

/** Ends the purpose for good: asks for the word. */
export function Retire({ code }: Of) {
  const t = useTranslations("activities.detail.move");
  return (
    <ConfirmButton
      label={t("retired")}
      title={t("retiredTitle")}
      confirm={t("retired")}
      word={t("retiredWord")}
      reason={t("reason")}
      tone="danger"
      {...useMove(code, "retired")}
    >
      <p>{t("retiredHint")}</p>
    </ConfirmButton>
  );
}

function useMove(code: PurposeCode, to: MoveActivity["to"]) {
  const t = useTranslations("activities.detail.move");
  const router = useRouter();
  return {
    act: (data: FormData) =>
      trpc.consents.activities.move.mutate(MoveActivity.parse({ code, to, reason: data.get("reason") })),
    done() {
      toast(t("done"));
      router.refresh();
    },
  };
}
