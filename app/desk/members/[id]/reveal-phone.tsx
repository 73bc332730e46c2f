"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { RevealPhone as Input, revealPurposes } from "#server/members/directory/model.ts";
import { trpc } from "../../../trpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Select } from "../../../ui/field.tsx";
import { FormProblem, SubmitButton } from "../../../ui/form.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";

/** How long a revealed phone stays on the screen. */
const SHOWN_MS = 60_000;

/** A masked phone, and for whom it is permitted the way to see it whole: with a purpose, for a minute, recorded. */
export function RevealPhone({ memberId, masked, permitted }: { memberId: string; masked: string; permitted: boolean }) {
  const t = useTranslations("members.directory.reveal");
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [phone, setPhone] = useState<string | null>(null);
  useEffect(() => {
    if (phone === null) return;
    const timer = setTimeout(() => setPhone(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [phone]);
  const form = useSubmit({
    send: (data) => trpc.members.directory.reveal.mutate(Input.parse({ memberId, purpose: data.get("purpose") })),
    done: (found) => {
      setPhone(found.phone);
      setAsking(false);
      // The look is in the member's history now.
      router.refresh();
    },
  });
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span aria-live="polite">{phone ?? masked}</span>
      {phone !== null ? (
        <Button size="sm" onClick={() => setPhone(null)}>
          {t("hide")}
        </Button>
      ) : (
        permitted && (
          <Button size="sm" onClick={() => setAsking(true)}>
            {t("show")}
          </Button>
        )
      )}
      <Dialog open={asking} onClose={() => setAsking(false)} title={t("title")}>
        <form {...form.props} className="grid gap-4">
          <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
          <p className="text-ink-2">{t("notice")}</p>
          <Select
            {...form.field("purpose")}
            label={t("purpose")}
            required
            options={revealPurposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
          />
          <SubmitButton form={form} className="w-fit">
            {t("confirm")}
          </SubmitButton>
        </form>
      </Dialog>
    </span>
  );
}
