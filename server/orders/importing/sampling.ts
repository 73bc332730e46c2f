import type { Summary } from "../model.ts";
import { type Change, changes, SAMPLE_EACH, type SampleOrder, type Standing } from "./model.ts";
import type { Known, Orders, WeighedChunk } from "./weighing.ts";

type Candidate = { readonly record: number; readonly change: Change; sample(): SampleOrder };

/** A sample with some orders of a chunk added, the first of each change in the file, as they were and as they are after it. */
export function sampleOf(
  sample: SampleOrder[],
  { orders }: Pick<WeighedChunk, "orders">,
  { familiars }: Pick<Orders, "familiars">,
  known: (key: string) => Known | undefined,
): SampleOrder[] {
  const room = new Map<Change, number>(
    changes.map((change) => [change, SAMPLE_EACH - sample.filter((order) => order.change === change).length]),
  );
  const isWanted = (change: Change) => (room.get(change) ?? 0) > 0;
  const wanted: Candidate[] = orders
    .filter(({ change }) => isWanted(change))
    .map(({ gathered: { key, maskedId, record }, told, change }) => ({
      record,
      change,
      sample: () => sampleOrder(maskedId, change, told, known(key)?.told),
    }));
  if (isWanted("unchanged")) {
    for (const familiar of familiars) {
      const { maskedId, record } = familiar;
      wanted.push({
        record,
        change: "unchanged",
        sample: () => sampleOrder(maskedId, "unchanged", familiar, familiar),
      });
    }
  }
  if (wanted.length === 0) return sample;
  wanted.sort((a, b) => a.record - b.record);
  const more = wanted.flatMap(({ change, sample }): SampleOrder[] => {
    const left = room.get(change) ?? 0;
    if (left <= 0) return [];
    room.set(change, left - 1);
    return [sample()];
  });
  return [...sample, ...more];
}

type Stands = Summary & { readonly placedAt: Date };

function sampleOrder(maskedId: string, change: Change, after: Stands, before: Stands | undefined): SampleOrder {
  return {
    maskedId,
    placedAt: after.placedAt.getTime(),
    change,
    ...standing(after),
    before: before === undefined ? null : standing(before),
  };
}

function standing({ status, paid, refunded }: Stands): Standing {
  return { status, paidFen: paid, refundFen: refunded };
}
