"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { Sheet } from "#app/ui/sheet.tsx";
import type { BookingId } from "#server/benefits/model.ts";
import { Act } from "../../act.tsx";

/** Gives a booking back, after asking: somebody else may take the place at once. */
export function CancelBooking({ bookingId, when }: { bookingId: BookingId; when: string }) {
  const t = useTranslations("benefits.mine");
  const shell = useTranslations("shell");
  const router = useRouter();
  return (
    <Sheet opener={t("cancel")} name={t("cancelOf", { when })} title={t("cancelTitle")} close={shell("back")}>
      <p className="mb-4 text-ink-2">
        {when} · {t("cancelHint")}
      </p>
      <Act
        tone="danger"
        size="wide"
        send={() => trpc.benefits.cancel.mutate({ bookingId })}
        done={() => router.refresh()}
      >
        {t("cancelSure")}
      </Act>
    </Sheet>
  );
}
