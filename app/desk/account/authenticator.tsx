"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { toast } from "#app/ui/toast.tsx";
import { EnrolTotp } from "../second-factor/enrol-totp.tsx";

/** Sets up, replaces or removes the authenticator app. */
export function Authenticator({ isSet, canRemove }: { isSet: boolean; canRemove: boolean }) {
  const t = useTranslations("staff.account");
  const router = useRouter();
  const [round, setRound] = useState(0);
  const done = () => {
    toast(t("done"));
    setRound(round + 1);
    router.refresh();
  };
  return (
    <div className="flex flex-wrap items-start gap-2">
      <EnrolTotp key={round} label={t(isSet ? "totpReplace" : "totpAdd")} done={done} />
      {isSet && canRemove && (
        <ConfirmButton
          label={t("totpRemove")}
          title={t("totpRemove")}
          confirm={t("remove")}
          tone="danger"
          act={() => trpc.staff.factors.removeTotp.mutate()}
          done={done}
        >
          {t("totpRemoveHint")}
        </ConfirmButton>
      )}
    </div>
  );
}
