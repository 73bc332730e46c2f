"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { ClaimAnswer, ClaimableShape, ClaimFactKind } from "#server/orders/claims/model.ts";
import { factsFor } from "#server/orders/claims/rules.ts";
import { Answer } from "./claim-answer.tsx";
import { FactFields, factIn } from "./fact-fields.tsx";

type Props = { tierNames: Readonly<Record<string, string>>; shapes: readonly ClaimableShape[] };

/** Says that an order is mine, with one more fact that its platform's exports hold; what it gave is shown at once. */
export function ClaimForm({ tierNames, shapes }: Props) {
  const t = useTranslations("orders.mine");
  const router = useRouter();
  const [number, setNumber] = useState("");
  const [chosen, setChosen] = useState<ClaimFactKind>("amount");
  const [answer, setAnswer] = useState<ClaimAnswer | null>(null);
  const offered = factsFor(number.trim(), shapes);
  const kind = offered.includes(chosen) ? chosen : "amount";
  const form = useSubmit({
    send: (data) => {
      setAnswer(null);
      return trpc.orders.claim.mutate({
        orderNumber: data.get("orderNumber")?.toString() ?? "",
        fact: factIn(data, kind),
      });
    },
    done: (given) => {
      setAnswer(given);
      router.refresh();
    },
    explain: {
      orderNumber: t("numberWrong"),
      "fact.yuan": t("amountWrong"),
      "fact.day": t("dayWrong"),
      "fact.sku": t("skuWrong"),
      "fact.digits": t("digitsWrong"),
    },
  });
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/join?next=/orders" />
      <div aria-live="polite">{answer && <Answer answer={answer} tierNames={tierNames} />}</div>
      <TextField
        {...form.field("orderNumber")}
        label={t("number")}
        required
        autoComplete="off"
        maxLength={40}
        spellCheck={false}
        value={number}
        onChange={({ target }) => setNumber(target.value)}
      />
      {offered.length > 1 && (
        <fieldset>
          <legend className="font-strong">{t("factLegend")}</legend>
          <div className="flex flex-wrap gap-x-6">
            {offered.map((value) => (
              <label key={value} className="flex min-h-(--tap) items-center gap-2">
                <input
                  type="radio"
                  name="kind"
                  value={value}
                  checked={kind === value}
                  onChange={() => setChosen(value)}
                  className="size-[1.15em] accent-brand"
                />
                {t(`facts.${value}`)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <FactFields key={kind} kind={kind} field={form.field} />
      <SubmitButton form={form} size="wide">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}
