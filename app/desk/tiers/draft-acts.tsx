"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { DateField } from "#app/ui/field.tsx";
import { toast } from "#app/ui/toast.tsx";
import { addDays, startOfBusinessDay } from "#server/core/time.ts";
import type { LadderRef } from "#server/tiers/model.ts";

/** A second person's yes to exactly this revision. */
export function ApproveDraft({ target }: { target: LadderRef }) {
  const t = useTranslations("tiers.draft");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("approve")}
      title={t("approveTitle", { revision: target.revision })}
      confirm={t("approve")}
      tone="primary"
      act={() => trpc.tiers.ladders.approve.mutate(target)}
      done={() => {
        toast(t("approved"));
        router.refresh();
      }}
    >
      <p>{t("approveHint")}</p>
    </ConfirmButton>
  );
}

/** Makes the version public, to take effect at a midnight or as soon as the notice allows. */
export function PublishDraft({ target, earliest }: { target: LadderRef; earliest: Date }) {
  const t = useTranslations("tiers.draft");
  const router = useRouter();
  const { date, dateTime } = useFormats();
  return (
    <ConfirmButton
      label={t("publish")}
      title={t("publishTitle")}
      confirm={t("publish")}
      word={t("publishWord")}
      tone="primary"
      act={(data) => {
        const day = String(data.get("effectiveFrom") ?? "");
        return trpc.tiers.ladders.publish.mutate({
          ...target,
          effectiveFrom: day === "" ? null : startOfBusinessDay(day),
        });
      }}
      done={() => {
        toast(t("published"));
        router.push("/desk/tiers");
        router.refresh();
      }}
    >
      <p>{t("publishHint", { date: dateTime(earliest) })}</p>
      <DateField
        name="effectiveFrom"
        label={t("effectiveFrom")}
        hint={t("effectiveHint")}
        min={date(addDays(earliest, 1))}
      />
    </ConfirmButton>
  );
}
