"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ImportBatchId } from "#server/core/id.ts";
import { Provenance } from "#server/orders/importing/model.ts";
import { trpc } from "../../../trpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmButton } from "../../../ui/confirm.tsx";
import { FormProblem } from "../../../ui/form.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import { OriginFields, provenanceOf } from "../origin-fields.tsx";

/** The word that starts the import after its check. */
export function ConfirmImport({ batchId }: { batchId: ImportBatchId }) {
  const t = useTranslations("orders.batch");
  const router = useRouter();
  const form = useSubmit({ send: () => trpc.orders.confirm.mutate({ batchId }), done: () => router.refresh() });
  return (
    <div className="grid gap-2">
      <Button tone="primary" pending={form.pending} onClick={() => form.run()}>
        {t("confirm")}
      </Button>
      <FormProblem form={form} signIn="/desk/sign-in" />
    </div>
  );
}

/** Carries on with an import, or an undo, that stopped. */
export function ResumeImport({ batchId }: { batchId: ImportBatchId }) {
  const t = useTranslations("orders.batch");
  const router = useRouter();
  const form = useSubmit({ send: () => trpc.orders.resume.mutate({ batchId }), done: () => router.refresh() });
  return (
    <div className="grid gap-2">
      <Button tone="primary" pending={form.pending} onClick={() => form.run()}>
        {t("resume")}
      </Button>
      <FormProblem form={form} signIn="/desk/sign-in" />
    </div>
  );
}

/** Stops an import; one that only waits is given up, and its file deleted. */
export function CancelImport({ batchId, waits }: { batchId: ImportBatchId; waits: boolean }) {
  const t = useTranslations("orders.batch");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t(waits ? "drop" : "cancel")}
      title={t(waits ? "dropTitle" : "cancelTitle")}
      confirm={t(waits ? "drop" : "cancel")}
      act={() => trpc.orders.cancel.mutate({ batchId })}
      done={() => router.refresh()}
    >
      <p>{t(waits ? "dropBody" : "cancelBody")}</p>
    </ConfirmButton>
  );
}

/** Takes out again what the import brought; says to how many orders that happens. */
export function UndoImport({
  batchId,
  created,
  changed,
}: {
  batchId: ImportBatchId;
  created: number;
  changed: number;
}) {
  const t = useTranslations("orders.undo");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("title")}
      title={t("ask")}
      confirm={t("title")}
      tone="danger"
      act={() => trpc.orders.undo.mutate({ batchId })}
      done={() => router.refresh()}
    >
      <p>{t("body", { created, changed })}</p>
      <p>{t("overlap")}</p>
    </ConfirmButton>
  );
}

/** Asks where the file comes from and by what right it is here. */
export function DeclareOrigin({
  batchId,
  label,
  start,
}: {
  batchId: ImportBatchId;
  label: string;
  start?: Provenance | undefined;
}) {
  const t = useTranslations("orders.origin");
  const router = useRouter();
  return (
    <ConfirmButton
      label={label}
      title={t("ask")}
      confirm={t("declare")}
      act={(data) => trpc.orders.declare.mutate({ batchId, provenance: Provenance.parse(provenanceOf(data) ?? {}) })}
      done={() => router.refresh()}
    >
      <OriginFields field={(name) => ({ name, error: undefined })} start={start} required />
    </ConfirmButton>
  );
}

/** Throws away, before their days are over, the rows that were set aside. */
export function DiscardRejects({ batchId, rows }: { batchId: ImportBatchId; rows: number }) {
  const t = useTranslations("orders.aside");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("discard")}
      title={t("ask")}
      confirm={t("discard")}
      tone="danger"
      act={() => trpc.orders.discard.mutate({ batchId })}
      done={() => router.refresh()}
    >
      <p>{t("body", { rows })}</p>
    </ConfirmButton>
  );
}
