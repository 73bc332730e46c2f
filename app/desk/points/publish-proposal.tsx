"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { DateField } from "#app/ui/field.tsx";
import { toast } from "#app/ui/toast.tsx";
import { addDays, startOfBusinessDay } from "#server/core/time.ts";
import type { PointsPolicyId } from "#server/points/model.ts";

/** Makes a colleague's proposal public, to take effect at a midnight or as soon as the notice allows. */
export function PublishProposal({ policyId, earliest }: { policyId: PointsPolicyId; earliest: Date }) {
  const t = useTranslations("points.desk");
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
        return trpc.points.publish.mutate({ policyId, effectiveFrom: day === "" ? null : startOfBusinessDay(day) });
      }}
      done={() => {
        toast(t("published"));
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
