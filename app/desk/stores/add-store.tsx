"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { toast } from "#app/ui/toast.tsx";
import { StoreForm } from "./store-form.tsx";

/** Adds a store. */
export function AddStore() {
  const t = useTranslations("benefits.desk.stores");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        {t("add")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("add")}>
        <StoreForm
          done={() => {
            setOpen(false);
            toast(t("saved"));
            router.refresh();
          }}
        />
      </Dialog>
    </>
  );
}
