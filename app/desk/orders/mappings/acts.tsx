"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type OrderMappingId, RenameMapping as Renaming } from "#server/orders/mapping/model.ts";
import { trpc } from "../../../trpc/client.ts";
import { ConfirmButton } from "../../../ui/confirm.tsx";
import { TextField } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";

type Named = { readonly mappingId: OrderMappingId; readonly name: string };

export function RenameMapping({ mappingId, name }: Named) {
  const t = useTranslations("mappings.list");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("rename")}
      size="sm"
      title={t("renameOf", { name })}
      confirm={t("rename")}
      act={(data) => trpc.orders.mappings.rename.mutate(Renaming.parse({ mappingId, name: data.get("name") }))}
      done={() => {
        toast(t("renamed"));
        router.refresh();
      }}
    >
      <TextField name="name" label={t("newName")} defaultValue={name} maxLength={60} required autoComplete="off" />
    </ConfirmButton>
  );
}

export function RemoveMapping({ mappingId, name }: Named) {
  const t = useTranslations("mappings.list");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("remove")}
      size="sm"
      title={t("removeOf", { name })}
      confirm={t("remove")}
      act={() => trpc.orders.mappings.remove.mutate({ mappingId })}
      done={() => {
        toast(t("removed"));
        router.refresh();
      }}
    >
      <p>{t("removeBody")}</p>
    </ConfirmButton>
  );
}
