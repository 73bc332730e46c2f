"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { Sheet } from "#app/ui/sheet.tsx";
import type { OrderId } from "#server/core/id.ts";
import { Act } from "../act.tsx";

/** Lets go of an order that was claimed by mistake, after saying what goes with it. */
export function LetGo({ orderId, maskedId }: { orderId: OrderId; maskedId: string }) {
  const t = useTranslations("orders.mine");
  const shell = useTranslations("shell");
  const router = useRouter();
  return (
    <Sheet
      opener={t("letGo")}
      name={t("letGoName", { id: maskedId })}
      title={t("letGoOf", { id: maskedId })}
      close={shell("cancel")}
    >
      <p className="mb-4 text-ink-2">{t("letGoBody")}</p>
      <Act tone="danger" size="wide" send={() => trpc.orders.letGo.mutate({ orderId })} done={() => router.refresh()}>
        {t("letGoSure")}
      </Act>
    </Sheet>
  );
}
