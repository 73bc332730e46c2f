"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ImportBatchId } from "#server/core/id.ts";
import type { BatchState, Counters } from "#server/orders/importing/model.ts";
import { useFormats } from "../../../format/use.ts";
import { trpc } from "../../../trpc/client.ts";
import { Card, Stat, Stats } from "../../../ui/card.tsx";
import { Progress } from "../../../ui/progress.tsx";

type Seen = {
  readonly state: BatchState;
  readonly cursor: number;
  readonly rowsTotal: number | null;
  readonly rowsPerSecond: number | null;
  readonly counters: Pick<Counters, "orders">;
};
/** How often the page is asked for again once the import is over, until it has come. */
const AGAIN_MS = 1_500;

/** The live progress of an import, said aloud at each tenth; when it is over the page shows what came of it. */
export function Watch({ batchId, first }: { batchId: ImportBatchId; first: Seen }) {
  const t = useTranslations("orders.batch");
  const { count } = useFormats();
  const router = useRouter();
  const [seen, setSeen] = useState(first);
  const over = seen.state !== first.state;

  useEffect(() => {
    const watch = trpc.orders.progress.subscribe({ batchId }, { onData: ({ data }) => setSeen(data) });
    return () => watch.unsubscribe();
  }, [batchId]);

  useEffect(() => {
    if (!over) return;
    router.refresh();
    const again = setInterval(() => router.refresh(), AGAIN_MS);
    return () => clearInterval(again);
  }, [over, router]);

  const total = seen.rowsTotal ?? 0;
  const left = seen.rowsPerSecond ? Math.ceil(Math.max(0, total - seen.cursor) / seen.rowsPerSecond) : null;
  const tenth = total > 0 ? Math.floor((seen.cursor * 10) / total) * 10 : 0;
  return (
    <Card title={first.state === "checking" ? t("checking") : t("running")}>
      <div className="grid gap-4">
        <div className="grid gap-2">
          <Progress
            label={t("progress")}
            value={total > 0 ? seen.cursor : null}
            max={total}
            text={t("progressText", { done: count(seen.cursor), total: total > 0 ? count(total) : "--" })}
          />
          <p className="min-h-[1lh] text-sm text-ink-2">
            {left !== null && t("speed", { rows: count(seen.rowsPerSecond ?? 0), seconds: count(left) })}
          </p>
        </div>
        <Stats>
          {(["created", "updated", "unchanged", "rejected"] as const).map((key) => (
            <Stat key={key} label={t(key)} value={count(seen.counters.orders[key])} />
          ))}
        </Stats>
        <p role="status" className="sr-only">
          {total > 0 && `${t("progress")} ${tenth} %`}
        </p>
      </div>
    </Card>
  );
}
