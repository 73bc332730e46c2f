import { useTranslations } from "next-intl";
import { useFormats } from "../../../format/use.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { address } from "../../../ui/address.ts";
import { buttonLook } from "../../../ui/button-look.ts";
import { Card } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { LinkButton, TextLink } from "../../../ui/link.tsx";
import type { Batch } from "./about.tsx";
import { DiscardRejects } from "./acts.tsx";

const QUARANTINED = { kind: "reason", code: "LEAK_QUARANTINED" };

/** The rows that were not taken in: in quarantine or rejected, until when they are kept, and what can be done with them. */
export function Aside({ batch, may, waits }: { batch: Batch; may: boolean; waits: boolean }) {
  const t = useTranslations("orders.aside");
  const f = useFormats();
  const { id, counters, rejectsUntil } = batch;
  const { rejected } = counters.rows;
  if (rejected === 0) return null;
  const quarantined = counters.found.reason[QUARANTINED.code] ?? 0;
  return (
    <Card
      title={t("title")}
      actions={
        may &&
        rejectsUntil && (
          <div className="flex flex-wrap gap-2">
            <a className={buttonLook({})} href={`/api/downloads/rejects/${id}`} download>
              {t("download")}
            </a>
            <LinkButton href="/desk/orders/new">{t("upload")}</LinkButton>
            {!waits && (
              <ClientMessages of={["orders"]}>
                <DiscardRejects batchId={id} rows={rejected} />
              </ClientMessages>
            )}
          </div>
        )
      }
    >
      <div className="grid gap-3">
        <KeyValues
          items={[
            {
              key: "quarantined",
              label: t("quarantined"),
              value:
                quarantined > 0 ? (
                  <TextLink href={`${address(`/desk/orders/${id}`, {}, QUARANTINED)}#rows`} scroll={false}>
                    {t("rows", { rows: quarantined })}
                  </TextLink>
                ) : null,
            },
            { key: "rejected", label: t("rejected"), value: t("rows", { rows: rejected - quarantined }) },
            { key: "until", label: t("until"), value: rejectsUntil ? f.date(rejectsUntil) : t("gone") },
          ]}
        />
        <p className="text-ink-2">{t(waits ? "hintBefore" : "hint")}</p>
      </div>
    </Card>
  );
}
