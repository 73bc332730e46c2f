import { useTranslations } from "next-intl";
import { DateField, NumberField, TextField } from "#app/ui/field.tsx";
import type { useSubmit } from "#app/ui/use-submit.ts";
import type { Claim, ClaimFactKind } from "#server/orders/claims/model.ts";

type Field = ReturnType<typeof useSubmit<unknown>>["field"];

/** The fields in which one kind of fact is told. */
export function FactFields({ kind, field }: { kind: ClaimFactKind; field: Field }) {
  const t = useTranslations("orders.mine");
  switch (kind) {
    case "amount":
      return <NumberField {...field("fact.yuan")} decimals label={t("amount")} required maxLength={11} />;
    case "dayAndSku":
      return (
        <>
          <DateField {...field("fact.day")} label={t("day")} required />
          <TextField
            {...field("fact.sku")}
            label={t("sku")}
            hint={t("skuHint")}
            required
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
          />
        </>
      );
    case "extension":
      return (
        <NumberField {...field("fact.digits")} label={t("digits")} hint={t("digitsHint")} required maxLength={4} />
      );
  }
}

/** The fact that a form tells. */
export function factIn(data: FormData, kind: ClaimFactKind): Claim["fact"] {
  const text = (name: string) => data.get(`fact.${name}`)?.toString().trim() ?? "";
  switch (kind) {
    case "amount":
      return { kind, yuan: text("yuan") };
    case "dayAndSku":
      return { kind, day: text("day"), sku: text("sku") };
    case "extension":
      return { kind, digits: text("digits") };
  }
}
