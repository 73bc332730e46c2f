"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FindByTail } from "#server/orders/console/model.ts";
import { dialPurposes } from "#server/orders/model.ts";
import { trpc } from "../../../trpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Choices, TextField } from "../../../ui/field.tsx";
import { FormProblem, SubmitButton } from "../../../ui/form.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import { consolePath } from "./search-address.ts";

type Found = Awaited<ReturnType<typeof trpc.orders.console.findByTail.mutate>>;

/** Finds orders by the end of a relay number. What was typed and what was found stand in this dialog alone. */
export function TailSearch() {
  const t = useTranslations("orderConsole.tail");
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const close = () => {
    setOpen(false);
    setFound(null);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("open")}</Button>
      <Dialog open={open} onClose={close} title={t("title")}>
        {found === null ? (
          <Ask found={setFound} />
        ) : (
          <div className="grid gap-3">
            <p role="status">{t("found", { count: found.orders.length })}</p>
            <ul className="grid gap-1">
              {found.orders.map(({ id, maskedId }) => (
                <li key={id}>
                  <TextLink href={`${consolePath}/${id}`} className="inline-flex min-h-(--tap) items-center font-mono">
                    {maskedId}
                  </TextLink>
                </li>
              ))}
            </ul>
            {found.more && <p className="text-ink-2">{t("more", { count: found.orders.length })}</p>}
            <Button className="justify-self-end" onClick={() => setFound(null)}>
              {t("again")}
            </Button>
          </div>
        )}
      </Dialog>
    </>
  );
}

function Ask({ found }: { found: (result: Found) => void }) {
  const t = useTranslations("orderConsole.tail");
  const purposes = useTranslations("orders.order.purposes");
  const form = useSubmit({
    send: (data) =>
      trpc.orders.console.findByTail.mutate(
        FindByTail.parse({ digits: data.get("digits"), purpose: data.get("purpose") }),
      ),
    done: found,
    explain: { digits: t("digitsWrong") },
  });
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <p>{t("body")}</p>
      <TextField
        {...form.field("digits")}
        label={t("digits")}
        inputMode="numeric"
        maxLength={4}
        autoComplete="off"
        required
      />
      <Choices
        {...form.field("purpose")}
        label={t("purpose")}
        chosen={["delivery"]}
        options={dialPurposes.map((value) => ({ value, label: purposes(value) }))}
      />
      <SubmitButton form={form} className="justify-self-end">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
