"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { toast } from "#app/ui/toast.tsx";
import { DecideCase as Input } from "#server/consents/guardianship/model.ts";
import type { Id } from "#server/core/id.ts";

/** The two ends of a dispute, each with what it does and a note of why. */
export function DecideCase({ caseId }: { caseId: Id<"guardianCase"> }) {
  const t = useTranslations("consents.desk.cases");
  const router = useRouter();
  return (
    <div className="flex flex-wrap gap-2">
      {(["uphold", "end"] as const).map((way) => (
        <ConfirmButton
          key={way}
          size="sm"
          tone={way === "end" ? "danger" : "plain"}
          label={t(way)}
          title={t(`${way}Title`)}
          confirm={t(way)}
          act={(data) =>
            trpc.consents.guardianship.decideCase.mutate(
              Input.parse({ caseId, uphold: way === "uphold", note: data.get("note") }),
            )
          }
          done={() => {
            toast(t("done"));
            router.refresh();
          }}
        >
          <p>{t(`${way}Effect`)}</p>
          <TextArea name="note" label={t("note")} hint={t("noteHint")} maxLength={400} required />
        </ConfirmButton>
      ))}
    </div>
  );
}
