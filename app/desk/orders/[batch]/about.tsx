import { useTranslations } from "next-intl";
import type { Caller } from "#server/api/root.ts";
import { useFormats } from "../../../format/use.ts";
import { Card } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";

export type Batch = Awaited<ReturnType<Caller["orders"]["batch"]>>;

/** The file and how it was read; while somebody works on it, not yet how long that took. */
export function About({ batch, moving }: { batch: Batch; moving: boolean }) {
  const t = useTranslations("orders.batch");
  const all = useTranslations("orders");
  const f = useFormats();
  const { startedAt, finishedAt, counters, chosen } = batch;
  const tookMs = startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null;
  return (
    <Card title={t("about")}>
      <div className="grid gap-3">
        <KeyValues
          items={[
            { key: "file", label: t("file"), value: <span className="break-all">{batch.fileName}</span> },
            { key: "size", label: t("size"), value: f.fileSize(batch.fileBytes) },
            { key: "platform", label: t("platform"), value: batch.platform && all(`platforms.${batch.platform}`) },
            { key: "layout", label: t("layout"), value: batch.layout && all(`layouts.${batch.layout}`) },
            {
              key: "encoding",
              label: t("encoding"),
              value: batch.encoding?.toUpperCase() ?? batch.container?.toUpperCase(),
            },
            { key: "policy", label: t("policy"), value: all(`start.${chosen.leaks}`) },
            ...(chosen.overrideReason
              ? [{ key: "overridden", label: t("overridden"), value: chosen.overrideReason }]
              : []),
            { key: "virtual", label: t("virtual"), value: f.count(counters.virtualNumbers) },
            { key: "duplicates", label: t("duplicates"), value: f.count(counters.duplicateLines) },
            { key: "source", label: t("source"), value: all(`sources.${batch.source}`) },
            { key: "startedAt", label: t("startedAt"), value: f.exactTime(startedAt ?? batch.createdAt) },
            ...(moving
              ? []
              : [
                  {
                    key: "duration",
                    label: t("duration"),
                    value: tookMs === null ? null : t("durationText", { seconds: (tookMs / 1000).toFixed(1) }),
                  },
                ]),
          ]}
        />
        {batch.state === "checked" && <p className="text-sm text-ink-3">{t("readHint")}</p>}
      </div>
    </Card>
  );
}
