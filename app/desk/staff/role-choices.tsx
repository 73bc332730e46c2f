"use client";
import { useTranslations } from "next-intl";
import { Choices } from "#app/ui/field.tsx";
import { type Role, roles } from "#server/staff/model.ts";

/** The six roles to tick. */
export function RoleChoices({ error, chosen = [] }: { error: string | undefined; chosen?: readonly Role[] }) {
  const t = useTranslations("staff.list");
  const names = useTranslations("desk.roles");
  return (
    <Choices
      name="roles"
      error={error}
      label={t("roles")}
      several
      chosen={chosen}
      options={roles.map((role) => ({ value: role, label: names(role) }))}
    />
  );
}
