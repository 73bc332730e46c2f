"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { DateField, NumberField, Select, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { type BenefitId, OpenSlots as Input } from "#server/benefits/model.ts";
import type { StoreName } from "../ground.ts";

/** Opens slots of one length, one after the other, on a number of days; those that are there stay as they are. */
export function OpenSlots({
  benefitId,
  stores,
  from,
}: {
  benefitId: BenefitId;
  stores: readonly StoreName[];
  from: string;
}) {
  const t = useTranslations("benefits.desk.slots");
  const router = useRouter();
  const form = useSubmit({
    send: (data) => {
      const number = (name: string) => Number(data.get(name) || Number.NaN);
      return trpc.benefits.slots.open.mutate(
        Input.parse({
          benefitId,
          storeId: data.get("storeId"),
          from: data.get("from"),
          days: number("days"),
          opens: minutesOf(String(data.get("opens"))),
          minutes: number("minutes"),
          perDay: number("perDay"),
          capacity: number("capacity"),
        }),
      );
    },
    done: ({ opened }) => {
      toast(t("opened", { count: opened }));
      router.refresh();
    },
  });
  return (
    <details>
      <summary className="flex min-h-(--tap) w-fit cursor-pointer items-center text-brand">{t("open")}</summary>
      <form {...form.props} className="grid gap-4 pt-3">
        <FormProblem form={form} signIn="/desk/sign-in" />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <Select
            {...form.field("storeId")}
            label={t("store")}
            required
            options={stores.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <DateField {...form.field("from")} label={t("from")} required defaultValue={from} />
          <NumberField {...form.field("days")} label={t("days")} required defaultValue="7" maxLength={2} />
          <TextField {...form.field("opens")} type="time" label={t("opens")} required defaultValue="10:00" />
          <NumberField {...form.field("minutes")} label={t("minutes")} required defaultValue="60" maxLength={3} />
          <NumberField {...form.field("perDay")} label={t("perDay")} required defaultValue="8" maxLength={2} />
          <NumberField {...form.field("capacity")} label={t("capacity")} required defaultValue="4" maxLength={3} />
        </div>
        <SubmitButton form={form} className="w-fit">
          {t("open")}
        </SubmitButton>
      </form>
    </details>
  );
}

/** Minutes after midnight of a time such as 10:30. */
function minutesOf(time: string): number {
  const [hours = "", minutes = ""] = time.split(":");
  return Number(hours) * 60 + Number(minutes || Number.NaN);
}
