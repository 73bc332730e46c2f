"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ImportBatchId } from "#server/core/id.ts";
import type { BatchState } from "#server/orders/importing/model.ts";
import { useFormats } from "../../../format/use.ts";
import { trpc } from "../../../trpc/client.ts";
import { Card } from "../../../ui/card.tsx";
import { Progress } from "../../../ui/progress.tsx";

type Seen = {
  readonly state: BatchState;
  readonly cursor: number;
  readonly rowsTotal: number | null;
  readonly rowsPerSecond: number | null;
};
/** How often the counters of the page around are brought up to date, in milliseconds. */
const REFRESH_MS = 2_000;

/** The live progress of an import, said aloud at each tenth; when it is over the page shows what came of it. */
export function Watch({ batchId, first }: { batchId: ImportBatchId; first: Seen }) {
  const t = useTranslations("orders.batch");
  const { count } = useFormats();
  const router = useRouter();
  const [seen, setSeen] = useState(first);

  useEffect(() => {
    let refreshedAt = Date.now();
    const watch = trpc.orders.progress.subscribe(
      { batchId },
      {
        onData: ({ data }) => {
          setSeen(data);
          const over = data.state !== first.state;
          if (!over && Date.now() - refreshedAt < REFRESH_MS) return;
          refreshedAt = Date.now();
          router.refresh();
          if (over) watch.unsubscribe();
        },
        onError: () => router.refresh(),
      },
    );
    return () => watch.unsubscribe();
  }, [batchId, first.state, router]);

  const total = seen.rowsTotal ?? 0;
  const left = seen.rowsPerSecond ? Math.ceil(Math.max(0, total - seen.cursor) / seen.rowsPerSecond) : null;
  const said = t("progressText", { done: count(seen.cursor), total: total > 0 ? count(total) : "--" });
  const tenth = total > 0 ? Math.floor((seen.cursor * 10) / total) * 10 : 0;
  return (
    <Card title={seen.state === "checking" ? t("checking") : t("running")}>
      <Progress label={t("progress")} value={total > 0 ? seen.cursor : null} max={total} text={said} />
      <p className="mt-2 text-sm text-ink-2">
        {seen.rowsPerSecond !== null && left !== null && t("speed", { rows: count(seen.rowsPerSecond), seconds: count(left) })}
      </p>
      <p role="status" className="sr-only">
        {total > 0 && `${t("progress")} ${tenth} %`}
      </p>
    </Card>
  );
}
