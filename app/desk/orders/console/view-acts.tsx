"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { OrderFilter } from "#server/orders/console/model.ts";
import { RenameView as Renaming, type SavedViewId, SaveView as Saving } from "#server/orders/console/views/model.ts";
import { type Role, roles } from "#server/staff/model.ts";
import { rolePermissions } from "#server/staff/rules.ts";
import { trpc } from "../../../trpc/client.ts";
import { ConfirmButton } from "../../../ui/confirm.tsx";
import { Select, TextField } from "../../../ui/field.tsx";

/** Whoever may see orders can be given a view of them. */
const readers = roles.filter((role) => rolePermissions(role).has("order:read"));

/** Keeps the filters of the address under a name, for oneself or for everybody of a role. */
export function SaveView({ filter }: { filter: OrderFilter }) {
  const t = useTranslations("orderConsole.views");
  const roleNames = useTranslations("desk.roles");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("save")}
      title={t("saveTitle")}
      confirm={t("save")}
      act={(data) =>
        trpc.orders.console.saveView.mutate(
          Saving.parse({ name: data.get("name"), filter, sharedWith: data.get("sharedWith") || null }),
        )
      }
      done={() => router.refresh()}
    >
      <p>{t("saveBody")}</p>
      <TextField name="name" label={t("name")} hint={t("nameHint")} maxLength={20} required autoComplete="off" />
      <Select
        name="sharedWith"
        label={t("shareWith")}
        blank={t("nobody")}
        options={readers.map((value: Role) => ({ value, label: roleNames(value) }))}
      />
    </ConfirmButton>
  );
}

type Named = { readonly viewId: SavedViewId; readonly name: string };

/** Gives one's own view another name. */
export function RenameView({ viewId, name }: Named) {
  const t = useTranslations("orderConsole.views");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("rename")}
      title={t("renameTitle")}
      confirm={t("rename")}
      act={(data) => trpc.orders.console.renameView.mutate(Renaming.parse({ viewId, name: data.get("name") }))}
      done={() => router.refresh()}
    >
      <TextField name="name" label={t("name")} defaultValue={name} maxLength={20} required autoComplete="off" />
    </ConfirmButton>
  );
}

/** Lets go of one's own view. */
export function RemoveView({ viewId, name }: Named) {
  const t = useTranslations("orderConsole.views");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("delete")}
      title={t("deleteTitle", { name })}
      confirm={t("delete")}
      act={() => trpc.orders.console.removeView.mutate({ viewId })}
      done={() => router.refresh()}
    >
      <p>{t("deleteBody")}</p>
    </ConfirmButton>
  );
}
