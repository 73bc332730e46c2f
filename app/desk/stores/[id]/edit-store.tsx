"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { toast } from "#app/ui/toast.tsx";
import { StoreForm } from "../store-form.tsx";

/** Changes a store where it stands. */
export function EditStore({ store }: Pick<ComponentProps<typeof StoreForm>, "store">) {
  const t = useTranslations("benefits.desk.stores");
  const router = useRouter();
  return (
    <StoreForm
      store={store}
      done={() => {
        toast(t("saved"));
        router.refresh();
      }}
    />
  );
}
