"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormats } from "#app/format/use.ts";
import { trpc } from "#app/trpc/client.ts";
import { DateField, NumberField, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { ClaimAnswer, ClaimFactKind } from "#server/orders/claims/model.ts";

/** Says that an order is mine, with one more fact; what it gave is shown at once. */
export function ClaimForm({ tierNames }: { tierNames: Readonly<Record<string, string>> }) {
  const t = useTranslations("orders.mine");
  const router = useRouter();
  const [kind, setKind] = useState<ClaimFactKind>("amount");
  const [answer, setAnswer] = useState<ClaimAnswer | null>(null);
  const form = useSubmit({
    send: (data) => {
      const text = (name: string) => data.get(name)?.toString().trim() ?? "";
      setAnswer(null);
      return trpc.orders.claim.mutate({
        orderNumber: text("orderNumber"),
        fact: kind === "amount" ? { kind, yuan: text("fact.yuan") } : { kind, day: text("fact.day") },
      });
    },
    done: (given) => {
      setAnswer(given);
      router.refresh();
    },
    explain: { orderNumber: t("numberWrong"), "fact.yuan": t("amountWrong"), "fact.day": t("dayWrong") },
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
      />
      <fieldset>
        <legend className="font-strong">{t("factLegend")}</legend>
        <div className="flex flex-wrap gap-x-6">
          {(["amount", "day"] as const).map((value) => (
            <label key={value} className="flex min-h-(--tap) items-center gap-2">
              <input
                type="radio"
                name="kind"
                value={value}
                checked={kind === value}
                onChange={() => setKind(value)}
                className="size-[1.15em] accent-brand"
              />
              {t(value === "amount" ? "byAmount" : "byDay")}
            </label>
          ))}
        </div>
      </fieldset>
      {kind === "amount" ? (
        <NumberField key="amount" {...form.field("fact.yuan")} decimals label={t("amount")} required maxLength={11} />
      ) : (
        <DateField key="day" {...form.field("fact.day")} label={t("day")} required />
      )}
      <SubmitButton form={form} size="wide">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}

function Answer({ answer, tierNames }: { answer: ClaimAnswer; tierNames: Readonly<Record<string, string>> }) {
  const t = useTranslations("orders.mine");
  const { date } = useFormats();
  if (answer.outcome === "received") {
    return <Notice title={t("received")}>{t("receivedBody", { id: answer.maskedId })}</Notice>;
  }
  const { tierBefore, tierAfter, growth, countsFrom, maskedId } = answer;
  return (
    <Notice tone="ok" title={t("granted")}>
      <p>{t("grantedBody", { id: maskedId, growth })}</p>
      {growth > 0 && <p>{countsFrom ? t("counts", { at: date(countsFrom) }) : t("pendingGrowth")}</p>}
      {tierAfter !== null && tierAfter !== tierBefore && (
        <p className="font-strong text-ink">{t("tierUp", { tier: tierNames[tierAfter] ?? tierAfter })}</p>
      )}
    </Notice>
  );
}
