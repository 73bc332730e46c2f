"use client";
import { useRouter } from "next/navigation";
import { trpc } from "#app/trpc/client.ts";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { PreviewCart } from "#server/offers/showcase/model.ts";

/** Asks for the price on the record, and goes to the page that explains it. */
export function KeepRecord({ cart, label }: { cart: PreviewCart; label: string }) {
  const router = useRouter();
  const form = useSubmit({
    send: () => trpc.offers.price.mutate(cart),
    done: ({ decisionId }) => router.push(`/offers/decisions/${decisionId}`),
  });
  return (
    <form {...form.props} className="grid gap-3">
      <FormProblem form={form} signIn="/join" />
      <SubmitButton form={form} className="justify-self-start">
        {label}
      </SubmitButton>
    </form>
  );
}
