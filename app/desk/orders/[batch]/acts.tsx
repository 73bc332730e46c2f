"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ImportBatchId } from "#server/core/id.ts";
import { Provenance, provenanceBases } from "#server/orders/importing/model.ts";
import { trpc } from "../../../trpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmButton } from "../../../ui/confirm.tsx";
import { Select, TextField } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";

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

export function CancelImport({ batchId }: { batchId: ImportBatchId }) {
  const t = useTranslations("orders.batch");
  const router = useRouter();
  return (
    <ConfirmButton
      label={t("cancel")}
      title={t("cancelTitle")}
      confirm={t("cancel")}
      act={() => trpc.orders.cancel.mutate({ batchId })}
      done={() => router.refresh()}
    >
      <p>{t("cancelBody")}</p>
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
export function DeclareOrigin({ batchId, label }: { batchId: ImportBatchId; label: string }) {
  const t = useTranslations("orders.origin");
  const router = useRouter();
  return (
    <ConfirmButton
      label={label}
      title={t("ask")}
      confirm={t("declare")}
      act={(data) => {
        const said = Object.fromEntries(data);
        const provenance = Provenance.parse({
          supplier: said.supplier,
          basis: said.basis,
          reference: said.reference,
          scope: said.scope,
        });
        return trpc.orders.declare.mutate({ batchId, provenance });
      }}
      done={() => router.refresh()}
    >
      <p className="text-ink-2">{t("askBody")}</p>
      <TextField name="supplier" label={t("supplier")} hint={t("supplierHint")} required minLength={2} maxLength={80} />
      <Select
        name="basis"
        label={t("basis")}
        options={provenanceBases.map((value) => ({ value, label: t(`bases.${value}`) }))}
      />
      <TextField
        name="reference"
        label={t("reference")}
        hint={t("referenceHint")}
        required
        minLength={2}
        maxLength={120}
      />
      <TextField name="scope" label={t("scope")} hint={t("scopeHint")} required minLength={4} maxLength={200} />
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
