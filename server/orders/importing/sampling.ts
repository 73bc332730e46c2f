import { type Change, changes, SAMPLE_EACH, type SampleOrder, type Standing } from "./model.ts";
import type { Known, WeighedChunk } from "./weighing.ts";

/** A sample with some orders of a chunk added, the first of each change in the file, as they were and as they are after it. */
export function sampleOf(
  sample: SampleOrder[],
  { orders }: Pick<WeighedChunk, "orders">,
  known: (key: string) => Known | undefined,
): SampleOrder[] {
  const room = new Map<Change, number>(
    changes.map((change) => [change, SAMPLE_EACH - sample.filter((order) => order.change === change).length]),
  );
  const wanted = orders.filter(({ change }) => (room.get(change) ?? 0) > 0);
  if (wanted.length === 0) return sample;
  wanted.sort((a, b) => a.gathered.record - b.gathered.record);
  const more = wanted.flatMap(({ gathered, told, change }): SampleOrder[] => {
    const left = room.get(change) ?? 0;
    if (left <= 0) return [];
    room.set(change, left - 1);
    const before = known(gathered.key)?.told;
    return [
      {
        maskedId: gathered.maskedId,
        placedAt: told.placedAt.getTime(),
        change,
        ...standing(told),
        before: before === undefined ? null : standing(before),
      },
    ];
  });
  return [...sample, ...more];
}

function standing({ status, paid, refunded }: Known["told"]): Standing {
  return { status, paidFen: paid, refundFen: refunded };
}
