"use client";
import { useTranslations } from "next-intl";
import { NumberField } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { LookUpCode, type StoreId } from "#server/benefits/model.ts";

/** The eight digits under the member's QR, for every phone that cannot scan. Spaces are forgiven. */
export function DigitsForm({ storeId, onCode }: { storeId: StoreId; onCode: (code: string) => Promise<void> }) {
  const t = useTranslations("redemption.digits");
  const form = useSubmit({
    send: (data) => onCode(LookUpCode.parse({ code: data.get("code"), storeId }).code),
    explain: { code: t("wrong") },
  });
  return (
    <form {...form.props} className="grid gap-3 [&_input]:text-center [&_input]:text-num">
      <NumberField {...form.field("code")} label={t("label")} hint={t("hint")} maxLength={24} required />
      <SubmitButton form={form} size="wide">
        {t("find")}
      </SubmitButton>
    </form>
  );
}
