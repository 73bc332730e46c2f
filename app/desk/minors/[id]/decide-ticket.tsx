"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { toast } from "#app/ui/toast.tsx";
import type { TicketId } from "#server/consents/gateway/model.ts";

/** A second person's yes or no. */
export function DecideTicket({ ticketId }: { ticketId: TicketId }) {
  const t = useTranslations("consents.desk.tickets");
  const router = useRouter();
  return (["approve", "decline"] as const).map((way) => (
    <ConfirmButton
      key={way}
      tone={way === "approve" ? "primary" : "plain"}
      label={t(way)}
      title={t(`${way}Title`)}
      confirm={t(way)}
      act={() => trpc.consents.gateway.decideTicket.mutate({ ticketId, approve: way === "approve" })}
      done={() => {
        toast(t("decided"));
        router.refresh();
      }}
    >
      <p>{t(`${way}Effect`)}</p>
    </ConfirmButton>
  ));
}
