"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "../../../trpc/client.ts";
import { TextField } from "../../../ui/field.tsx";
import { FormProblem, SubmitButton } from "../../../ui/form.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import { consolePath } from "./search-address.ts";

/**
 * Finds by order number. A full number is asked for in a request body and replaced by its masked form before anything
 * stands in the address, the history or a log.
 */
export function NumberSearch() {
  const t = useTranslations("orderConsole.find");
  const router = useRouter();
  const form = useSubmit({
    send: (data) => trpc.orders.find.mutate({ number: data.get("number")?.toString() ?? "" }),
    done: ({ orderId, maskedId }) =>
      router.push(orderId ? `${consolePath}/${orderId}` : `${consolePath}?number=${encodeURIComponent(maskedId)}`),
  });
  return (
    <form {...form.props} className="grid gap-3">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          {...form.field("number")}
          label={t("number")}
          hint={t("hint")}
          autoComplete="off"
          className="w-full sm:w-72"
        />
        <SubmitButton form={form} tone="plain" className="sm:mb-7">
          {t("submit")}
        </SubmitButton>
      </div>
    </form>
  );
}
