"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Checkbox, Choices } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { AddChild as AddChildInput, relationKinds } from "#server/consents/guardianship/model.ts";
import { telling } from "../told.ts";

/** Adds a child on the member's word that they are a guardian, and goes on where they came from. */
export function AddChild({ next }: { next: string }) {
  const t = useTranslations("consents.children");
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const form = useSubmit({
    send: (data) =>
      trpc.consents.guardianship.addChild.mutate(
        AddChildInput.parse({ relation: data.get("relation"), statement: data.get("statement") !== null }),
      ),
    done: () => {
      element.current?.reset();
      router.push(telling(next, "childAdded"));
      router.refresh();
    },
    explain: { relation: t("disputeReasonWrong"), statement: t("statementWrong") },
  });
  return (
    <form ref={element} {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/join?next=/children" />
      <Choices
        {...form.field("relation")}
        label={t("relation")}
        inline
        options={relationKinds.map((value) => ({ value, label: t(`relations.${value}`) }))}
      />
      <Checkbox {...form.field("statement")} label={t("statement")} />
      <SubmitButton form={form} className="justify-self-start">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
