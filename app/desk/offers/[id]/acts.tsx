"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { DateField, NumberField } from "#app/ui/field.tsx";
import { toast } from "#app/ui/toast.tsx";
import type { OfferId } from "#server/core/id.ts";
import { MakeCodes } from "#server/offers/codes/model.ts";

type OfDraft = { offerId: OfferId; termsHash: string };

/** Approves exactly the draft on screen. */
export function ApproveDraft({ offerId, termsHash }: OfDraft) {
  const t = useTranslations("offers.detail");
  const done = useDone(t("approved"));
  return (
    <ConfirmButton
      label={t("approve")}
      title={t("approveTitle")}
      confirm={t("approve")}
      tone="primary"
      act={() => trpc.offers.approve.mutate({ offerId, termsHash })}
      done={done}
    >
      <p>{t("approveHint")}</p>
    </ConfirmButton>
  );
}

/** Publishes exactly the draft on screen, now or at an instant to come. */
export function PublishDraft({ offerId, termsHash, version }: OfDraft & { version: number }) {
  const t = useTranslations("offers.detail");
  const done = useDone(t("published"));
  return (
    <ConfirmButton
      label={t("publish")}
      title={t("publishTitle", { version })}
      confirm={t("publish")}
      tone="primary"
      act={(data) => trpc.offers.publish.mutate({ offerId, termsHash, effectiveFrom: beijing(data.get("at")) })}
      done={done}
    >
      <p>{t("publishHint")}</p>
      <DateField name="at" time label={t("publishAt")} />
    </ConfirmButton>
  );
}

/** Ends the offer for good: asks for the word. */
export function RetireOffer({ offerId }: { offerId: OfferId }) {
  const t = useTranslations("offers.detail");
  const done = useDone(t("retired"));
  return (
    <ConfirmButton
      label={t("retire")}
      title={t("retireTitle")}
      confirm={t("retire")}
      word={t("retireWord")}
      tone="danger"
      act={(data) => trpc.offers.retire.mutate({ offerId, at: beijing(data.get("at")) })}
      done={done}
    >
      <p>{t("retireHint")}</p>
      <DateField name="at" time label={t("retireAt")} />
    </ConfirmButton>
  );
}

/** Makes codes and hands the file over: it cannot be had again. */
export function CodesButton({ offerId }: { offerId: OfferId }) {
  const t = useTranslations("offers.detail");
  const done = useDone(t("codesDone"));
  return (
    <ConfirmButton
      label={t("codesMake")}
      title={t("codesTitle")}
      confirm={t("codesMake")}
      act={async (data) => {
        const made = await trpc.offers.makeCodes.mutate(MakeCodes.parse({ offerId, count: Number(data.get("count")) }));
        download(made.csv, `codes-${made.batchId.slice(0, 8)}.csv`);
      }}
      done={done}
    >
      <p>{t("codesHint")}</p>
      <NumberField name="count" label={t("codesCount")} defaultValue="100" maxLength={6} />
    </ConfirmButton>
  );
}

function useDone(said: string): () => void {
  const router = useRouter();
  return () => {
    toast(said);
    router.refresh();
  };
}

function beijing(minute: FormDataEntryValue | null): Date | null {
  return typeof minute === "string" && minute !== "" ? new Date(`${minute}:00+08:00`) : null;
}

function download(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
