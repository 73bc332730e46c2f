"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { ConfirmButton } from "#app/ui/confirm.tsx";
import { Choices, TextField } from "#app/ui/field.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { toast } from "#app/ui/toast.tsx";
import { type NoticeKey, PublishNotice } from "#server/consents/notices/model.ts";

type OfDraft = { noticeKey: NoticeKey; contentHash: string };

/** Writes the draft from the catalogue and the activities as they are; asks first where that overwrites one. */
export function DraftButton({ noticeKey, renews }: { noticeKey: NoticeKey; renews: boolean }) {
  const t = useTranslations("notices.detail");
  const done = useDone(t("drafted"));
  return (
    <ConfirmButton
      label={t(renews ? "renew" : "start")}
      title={t("renewTitle")}
      confirm={t(renews ? "renew" : "start")}
      tone={renews ? "plain" : "primary"}
      act={() => trpc.consents.notices.draft.mutate({ key: noticeKey })}
      done={done}
    >
      {renews && <p>{t("renewHint")}</p>}
    </ConfirmButton>
  );
}

/** A second person's word that exactly the draft on screen is true and complete. */
export function ReviewDraft({ noticeKey, contentHash }: OfDraft) {
  const t = useTranslations("notices.detail");
  const done = useDone(t("reviewed"));
  return (
    <ConfirmButton
      label={t("review")}
      title={t("reviewTitle")}
      confirm={t("review")}
      tone="primary"
      act={() => trpc.consents.notices.review.mutate({ key: noticeKey, contentHash })}
      done={done}
    >
      <p>{t("reviewHint")}</p>
    </ConfirmButton>
  );
}

/** Publishes exactly the draft on screen, with the decision whether it is material and why. */
export function PublishDraft({
  noticeKey,
  contentHash,
  version,
  mustBeMaterial,
}: OfDraft & { version: number; mustBeMaterial: boolean }) {
  const t = useTranslations("notices.detail");
  const done = useDone(t("published"));
  const isFirst = version === 1;
  return (
    <ConfirmButton
      label={t("publish")}
      title={t("publishTitle", { version })}
      confirm={t("publish")}
      tone="primary"
      act={(data) =>
        trpc.consents.notices.publish.mutate(
          PublishNotice.parse({
            key: noticeKey,
            contentHash,
            material: isFirst || mustBeMaterial || data.get("material") === "yes",
            reason: data.get("reason"),
          }),
        )
      }
      done={done}
    >
      <p>{t("publishHint")}</p>
      {isFirst && <p>{t("firstHint")}</p>}
      {!isFirst && mustBeMaterial && <Notice tone="warn">{t("mustBeMaterial")}</Notice>}
      {!isFirst && !mustBeMaterial && (
        <Choices
          name="material"
          label={t("material")}
          options={[
            { value: "yes", label: t("materialYes") },
            { value: "no", label: t("materialNo") },
          ]}
          chosen={["yes"]}
        />
      )}
      <TextField name="reason" label={t("reason")} required maxLength={400} />
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
