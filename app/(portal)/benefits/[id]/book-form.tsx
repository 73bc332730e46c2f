"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Select } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { Book } from "#server/benefits/model.ts";
import type { ChildId } from "#server/consents/model.ts";

/** Somebody for whom a slot can be booked; without a name it is the member. */
export type Guest = { readonly childId: ChildId | null; readonly name: string | null };

/** Books the slot that was chosen among `children`. */
export function BookForm({ people, children }: { people: readonly Guest[]; children: ReactNode }) {
  const t = useTranslations("benefits.mine");
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const [booked, setBooked] = useState(false);
  const [only] = people;
  const form = useSubmit({
    send: (data) => {
      setBooked(false);
      const childId = people.length > 1 ? data.get("childId") : (only?.childId ?? null);
      return trpc.benefits.book.mutate(Book.parse({ slotId: data.get("slotId"), childId }));
    },
    done: () => {
      element.current?.reset();
      setBooked(true);
      router.refresh();
    },
    explain: { slotId: t("chooseSlot"), childId: t("chooseChild") },
  });
  return (
    <form ref={element} {...form.props} className="grid gap-3">
      <FormProblem form={form} signIn="/join?next=/benefits" />
      {people.length > 1 && (
        <Select
          {...form.field("childId")}
          label={t("chooseChild")}
          required
          options={people.map(({ childId, name }) => ({ value: childId ?? "", label: name ?? "" }))}
        />
      )}
      {children}
      <SubmitButton form={form} size="wide">
        {t("bookSubmit")}
      </SubmitButton>
      <p role="status" className="font-strong text-ok empty:hidden">
        {booked ? t("bookedOk") : ""}
      </p>
    </form>
  );
}
