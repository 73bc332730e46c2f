"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { createPasskey } from "#app/passkeys.ts";
import { trpc } from "#app/trpc/client.ts";
import { Act } from "../act.tsx";

/** Adds a passkey of this device. */
export function AddPasskey() {
  const t = useTranslations("members.account");
  const router = useRouter();
  return (
    <Act
      size="wide"
      send={async () =>
        trpc.members.passkeys.finishAdd.mutate(await createPasskey(await trpc.members.passkeys.startAdd.mutate()))
      }
      done={() => router.refresh()}
    >
      {t("addPasskey")}
    </Act>
  );
}
