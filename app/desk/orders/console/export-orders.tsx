"use client";
import { useTranslations } from "next-intl";
import { AskExport, exportFormats, exportPurposes, MAX_EXPORT_ROWS } from "#server/orders/console/export/model.ts";
import type { OrderFilter } from "#server/orders/console/model.ts";
import { useFormats } from "../../../format/use.ts";
import { trpc } from "../../../trpc/client.ts";
import { ConfirmButton } from "../../../ui/confirm.tsx";
import { Choices } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";

/** Takes what the filters find out as a file, once a purpose is named. The browser writes it down as it comes. */
export function ExportOrders({ filter }: { filter: OrderFilter }) {
  const t = useTranslations("orderConsole.export");
  const { count } = useFormats();
  return (
    <ConfirmButton
      label={t("open")}
      title={t("title")}
      confirm={t("submit")}
      act={async (data) => {
        const { exportId } = await trpc.orders.console.export.mutate(
          AskExport.parse({ filter, format: data.get("format"), purpose: data.get("purpose") }),
        );
        window.location.assign(`/api/downloads/orders/${exportId}`);
        toast(t("started", { id: exportId }));
      }}
    >
      <p>{t("body", { max: count(MAX_EXPORT_ROWS) })}</p>
      <Choices
        name="purpose"
        label={t("purpose")}
        options={exportPurposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
      />
      <Choices
        name="format"
        label={t("format")}
        chosen={["xlsx"]}
        inline
        options={exportFormats.map((value) => ({ value, label: t(`formats.${value}`) }))}
      />
    </ConfirmButton>
  );
}
