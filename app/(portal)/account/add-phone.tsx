"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { PhoneCode } from "../join/phone-code.tsx";

/** Adds a phone, or puts another in place of the one there is. */
export function AddPhone({ has, showsOutbox }: { has: boolean; showsOutbox: boolean }) {
  const t = useTranslations("members.account");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <Button size="wide" onClick={() => setOpen(true)}>
        {t(has ? "changePhone" : "addPhone")}
      </Button>
    );
  }
  return (
    <PhoneCode
      showsOutbox={showsOutbox}
      send={(phone) => trpc.members.phones.sendAddCode.mutate({ phone })}
      check={({ phone, code }) => trpc.members.phones.add.mutate({ phone, code })}
      done={() => {
        setOpen(false);
        router.refresh();
      }}
    />
  );
}
