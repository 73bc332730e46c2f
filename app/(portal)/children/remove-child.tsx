"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { Sheet } from "#app/ui/sheet.tsx";
import type { ChildId } from "#server/consents/model.ts";
import { Act } from "../act.tsx";

/** Removes a child with everything that was given for it, after saying so. */
export function RemoveChild({ childId, ordinal }: { childId: ChildId; ordinal: number }) {
  const t = useTranslations("consents.children");
  const shell = useTranslations("shell");
  const router = useRouter();
  return (
    <Sheet
      opener={t("remove")}
      name={t("removeOf", { ordinal })}
      title={t("removeTitle", { ordinal })}
      close={shell("cancel")}
    >
      <p className="mb-4 text-ink-2">{t("removeHint")}</p>
      <Act
        tone="danger"
        size="wide"
        send={() => trpc.consents.guardianship.removeChild.mutate({ childId })}
        done={() => router.refresh()}
      >
        {t("removeSure")}
      </Act>
    </Sheet>
  );
}
