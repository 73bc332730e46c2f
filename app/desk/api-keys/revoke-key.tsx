"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import type { Id } from "#server/core/id.ts";

/** Ends a key after asking: whatever uses it stops working at once. */
export function RevokeKey({ apiKeyId, name }: { apiKeyId: Id<"apiKey">; name: string }) {
  const t = useTranslations("apiKeys");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("revoke")}
      title={t("revokeTitle", { name })}
      confirm={t("revoke")}
      tone="danger"
      size="sm"
      act={() => trpc.apiKeys.revoke.mutate({ apiKeyId })}
      done={() => router.refresh()}
    >
      <p>{t("revokeHint")}</p>
    </ConfirmButton>
  );
}
