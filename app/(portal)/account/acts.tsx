"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import type { Id } from "#server/core/id.ts";
import { Act } from "../act.tsx";

export function RemovePasskey({ passkeyId, what }: { passkeyId: Id<"passkey">; what: string }) {
  const t = useTranslations("members.account");
  const router = useRouter();
  return (
    <Act
      name={t("removeOf", { what })}
      send={() => trpc.members.passkeys.remove.mutate({ passkeyId })}
      done={() => router.refresh()}
    >
      {t("remove")}
    </Act>
  );
}

export function RemovePhone({ what }: { what: string }) {
  const t = useTranslations("members.account");
  const router = useRouter();
  return (
    <Act name={t("removeOf", { what })} send={() => trpc.members.phones.remove.mutate()} done={() => router.refresh()}>
      {t("remove")}
    </Act>
  );
}

export function EndSession({ sessionId, device }: { sessionId: Id<"memberSession">; device: string }) {
  const t = useTranslations("members.account");
  const router = useRouter();
  return (
    <Act
      name={t("endOf", { device })}
      send={() => trpc.members.endSession.mutate({ sessionId })}
      done={() => router.refresh()}
    >
      {t("end")}
    </Act>
  );
}

export function EndOtherSessions() {
  const t = useTranslations("members.account");
  const router = useRouter();
  return (
    <Act send={() => trpc.members.endOtherSessions.mutate()} done={() => router.refresh()}>
      {t("endOthers")}
    </Act>
  );
}

/** A full load follows, so that nothing of the member stays in the browser's memory. */
export function SignOut() {
  const t = useTranslations("members.account");
  return (
    <Act size="wide" send={() => trpc.members.signOut.mutate()} done={() => window.location.assign("/join")}>
      {t("signOut")}
    </Act>
  );
}
