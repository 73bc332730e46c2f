import { useTranslations } from "next-intl";
import { useState } from "react";
import { amountScopes, amountUnits, refundSenses } from "#server/orders/mapping/model.ts";
import type { Draft } from "#server/orders/mapping/propose.ts";
import { platforms } from "#server/orders/reading/model.ts";
import { Choices, Select, TextField } from "../../../../ui/field.tsx";

/** Whose order numbers these are, and what their amounts mean. */
export function SourceSettings({
  draft,
  hasAfterSale,
  field,
}: {
  draft: Draft;
  hasAfterSale: boolean;
  field: (name: string) => { name: string; error: string | undefined };
}) {
  const t = useTranslations("mappings");
  const names = useTranslations("orders.platforms");
  const [platform, setPlatform] = useState<string>(draft.platform);
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          {...field("platform")}
          label={t("settings.platform")}
          hint={t("settings.platformHint")}
          value={platform}
          onChange={({ target }) => setPlatform(target.value)}
          options={platforms.map((value) => ({ value, label: names(value) }))}
        />
        {platform === "other" && (
          <TextField
            {...field("source")}
            label={t("settings.source")}
            hint={t("settings.sourceHint")}
            defaultValue={draft.source ?? ""}
            maxLength={40}
            required
            autoComplete="off"
          />
        )}
      </div>
      <Choices
        {...field("unit")}
        label={t("settings.unit")}
        chosen={[draft.unit]}
        inline
        options={amountUnits.map((value) => ({ value, label: t(`units.${value}`) }))}
      />
      <Choices
        {...field("amounts")}
        label={t("settings.amounts")}
        chosen={[draft.amounts]}
        options={amountScopes.map((value) => ({ value, label: t(`scopes.${value}`) }))}
      />
      {hasAfterSale && (
        <Choices
          {...field("refunds")}
          label={t("settings.refunds")}
          chosen={[draft.refunds]}
          options={refundSenses.map((value) => ({ value, label: t(`refundSenses.${value}`) }))}
        />
      )}
      <p className="text-sm text-ink-3">{t("settings.zone")}</p>
    </div>
  );
}
