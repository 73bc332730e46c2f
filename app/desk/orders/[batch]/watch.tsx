"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ImportBatchId } from "#server/core/id.ts";
import type { Counters } from "#server/orders/importing/model.ts";
import { useFormats } from "../../../format/use.ts";
import { trpc } from "../../../trpc/client.ts";
import { Card, Stat, Stats } from "../../../ui/card.tsx";
import { Progress } from "../../../ui/progress.tsx";
import type { Batch } from "./about.tsx";
import { paceOf, type Sighting, seenLately } from "./pace.ts";

type Seen = Pick<Batch, "state" | "progress"> & { readonly counters: Pick<Counters, "orders"> };
/** How often the page is asked for again once the import is over, until it has come. */
const AGAIN_MS = 1_500;

/** The live progress of an import or of its undo, said aloud at each tenth; when it is over the page shows what came of it. */
export function Watch({ batchId, first }: { batchId: ImportBatchId; first: Seen }) {
  const t = useTranslations("orders.batch");
  const { count } = useFormats();
  const router = useRouter();
  const [seen, setSeen] = useState(first);
  const [sightings, setSightings] = useState<readonly Sighting[]>([]);
  const over = seen.state !== first.state;

  useEffect(() => {
    const onData = ({ data }: { data: Seen }) => {
      const sighting = { done: data.progress.done, at: performance.now() };
      setSeen(data);
      setSightings((earlier) => seenLately(earlier, sighting));
    };
    const watch = trpc.orders.progress.subscribe({ batchId }, { onData });
    return () => watch.unsubscribe();
  }, [batchId]);

  useEffect(() => {
    if (!over) return;
    router.refresh();
    const again = setInterval(() => router.refresh(), AGAIN_MS);
    return () => clearInterval(again);
  }, [over, router]);

  const { done } = seen.progress;
  const total = seen.progress.total ?? 0;
  const pace = paceOf(sightings);
  const tenth = total > 0 ? Math.floor((done * 10) / total) * 10 : 0;
  const undoing = first.state === "undoing";
  const timeLeft = (seconds: number) =>
    seconds < 90
      ? t("secondsLeft", { count: count(Math.ceil(seconds)) })
      : t("minutesLeft", { count: count(Math.ceil(seconds / 60)) });
  return (
    <Card title={undoing ? t("undoing") : first.state === "checking" ? t("checking") : t("running")}>
      <div className="grid gap-4">
        <div className="grid gap-2">
          <Progress
            label={t("progress")}
            value={total > 0 ? done : null}
            max={total}
            text={t(undoing ? "undoProgress" : "progressText", {
              done: count(done),
              total: total > 0 ? count(total) : "--",
            })}
          />
          <p className="min-h-[1lh] text-sm text-ink-2">
            {pace !== null &&
              t(undoing ? "undoPace" : "pace", { rows: count(pace), left: timeLeft(Math.max(0, total - done) / pace) })}
          </p>
        </div>
        {!undoing && (
          <Stats>
            {(["created", "updated", "unchanged", "rejected"] as const).map((key) => (
              <Stat key={key} label={t(key)} value={count(seen.counters.orders[key])} />
            ))}
          </Stats>
        )}
        <p role="status" className="sr-only">
          {total > 0 && `${t("progress")} ${tenth} %`}
        </p>
      </div>
    </Card>
  );
}
