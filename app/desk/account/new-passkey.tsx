"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "#app/ui/toast.tsx";
import { AddPasskey } from "../second-factor/add-passkey.tsx";

/** Adds a passkey of this device and shows it in the list. */
export function NewPasskey() {
  const t = useTranslations("staff.account");
  const router = useRouter();
  return (
    <AddPasskey
      done={() => {
        toast(t("done"));
        router.refresh();
      }}
    />
  );
}
