"use client";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { Checkbox, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { SaveStore, type StoreId } from "#server/benefits/model.ts";
import type { PublicText } from "#server/core/public-text.ts";

type Store = { readonly id: StoreId; readonly name: PublicText; readonly address: PublicText; readonly open: boolean };

/** A store's name and address in both languages, and whether it is open; without a store, a new one. */
export function StoreForm({ store, done }: { store?: Store; done: () => void }) {
  const t = useTranslations("benefits.desk.stores");
  const form = useSubmit({
    send: (data) => {
      const both = (name: string) => ({ "zh-CN": data.get(`${name}.zh-CN`), en: data.get(`${name}.en`) });
      return trpc.benefits.stores.save.mutate(
        SaveStore.parse({
          storeId: store?.id ?? null,
          name: both("name"),
          address: both("address"),
          open: data.get("open") !== null,
        }),
      );
    },
    done,
  });
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...form.field("name.zh-CN")}
          label={t("nameZh")}
          required
          maxLength={30}
          defaultValue={store?.name["zh-CN"]}
        />
        <TextField
          {...form.field("name.en")}
          label={t("nameEn")}
          required
          maxLength={60}
          defaultValue={store?.name.en}
        />
        <TextField
          {...form.field("address.zh-CN")}
          label={t("addressZh")}
          required
          maxLength={80}
          defaultValue={store?.address["zh-CN"]}
        />
        <TextField
          {...form.field("address.en")}
          label={t("addressEn")}
          required
          maxLength={200}
          defaultValue={store?.address.en}
        />
      </div>
      <Checkbox {...form.field("open")} label={t("isOpen")} hint={t("openHint")} defaultChecked={store?.open ?? true} />
      <SubmitButton form={form} className="w-fit">
        {t("save")}
      </SubmitButton>
    </form>
  );
}
