"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Choices, Select, TextArea } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { RequestTicket } from "#server/consents/gateway/model.ts";
import type { ChildId } from "#server/consents/model.ts";
import type { MemberId } from "#server/core/id.ts";

type Purpose = {
  readonly code: string;
  readonly name: string;
  readonly fields: readonly { readonly key: string; readonly name: string }[];
};

/** Asks a second person for leave to look at a child's values. */
export function RequestView({
  memberId,
  people,
  purposes,
}: {
  memberId: MemberId;
  people: readonly { readonly id: ChildId; readonly ordinal: number }[];
  purposes: readonly Purpose[];
}) {
  const t = useTranslations("consents.desk");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState(purposes[0]?.code ?? "");
  const form = useSubmit({
    send: (data) =>
      trpc.consents.gateway.requestTicket.mutate(
        RequestTicket.parse({
          memberId,
          childId: data.get("childId"),
          purpose: data.get("purpose"),
          fields: data.getAll("fields"),
          reason: data.get("reason"),
        }),
      ),
    done: ({ ticketId }) => {
      setOpen(false);
      toast(t("tickets.sent"));
      router.push(`/desk/minors/${ticketId}`);
    },
  });
  const fields = purposes.find((purpose) => purpose.code === code)?.fields ?? [];
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("tickets.request")}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("tickets.requestTitle")}>
        <form {...form.props} className="grid gap-4">
          <FormProblem form={form} signIn="/desk/sign-in" />
          <p className="text-ink-2">{t("tickets.requestHint")}</p>
          <Select
            {...form.field("childId")}
            label={t("tickets.child")}
            required
            defaultValue={people[0]?.id}
            options={people.map(({ id, ordinal }) => ({ value: id, label: t("children.child", { ordinal }) }))}
          />
          <Select
            {...form.field("purpose")}
            label={t("tickets.purpose")}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            options={purposes.map(({ code, name }) => ({ value: code, label: name }))}
          />
          <Choices
            key={code}
            {...form.field("fields")}
            label={t("tickets.fields")}
            several
            options={fields.map(({ key, name }) => ({ value: key, label: name }))}
          />
          <TextArea {...form.field("reason")} label={t("tickets.requestReason")} maxLength={200} required />
          <SubmitButton form={form} className="w-fit">
            {t("tickets.request")}
          </SubmitButton>
        </form>
      </Dialog>
    </>
  );
}
