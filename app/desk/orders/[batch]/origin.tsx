import { useTranslations } from "next-intl";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { Card } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { Notice } from "../../../ui/notice.tsx";
import type { Batch } from "./about.tsx";
import { DeclareOrigin } from "./acts.tsx";

/**
 * Where the file comes from: what was declared of it, or that its rows stay in quarantine until somebody does. A file that
 * was taken for a platform's own can be declared as another's while it waits.
 */
export function Origin({ batch, may }: { batch: Batch; may: boolean }) {
  const t = useTranslations("orders.origin");
  const { id, state, chosen, source } = batch;
  const waits = state === "quarantined" || state === "checked";
  const declarable = may && waits && source !== "cli";
  const act = (label: string) =>
    declarable && (
      <ClientMessages of={["orders"]}>
        <DeclareOrigin batchId={id} label={label} start={chosen.provenance} />
      </ClientMessages>
    );
  if (chosen.provenance) {
    const { supplier, basis, reference, scope } = chosen.provenance;
    return (
      <Card title={t("title")} actions={act(t("change"))}>
        <KeyValues
          items={[
            { key: "supplier", label: t("supplier"), value: supplier },
            { key: "basis", label: t("basis"), value: t(`bases.${basis}`) },
            { key: "reference", label: t("reference"), value: reference },
            { key: "scope", label: t("scope"), value: scope },
          ]}
        />
      </Card>
    );
  }
  if (state === "quarantined") {
    return (
      <Card title={t("title")} actions={act(t("declare"))}>
        <Notice tone="warn" title={t("quarantined")}>
          {source === "cli" ? t("quarantinedCommand") : t("quarantinedBody")}
        </Notice>
      </Card>
    );
  }
  if (!declarable) return null;
  return (
    <Card title={t("title")} actions={act(t("notOwn"))}>
      <p className="text-ink-2">{t("own")}</p>
    </Card>
  );
}
