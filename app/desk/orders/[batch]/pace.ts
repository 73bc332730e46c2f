/** How far something had come (rows, orders) when it was looked at (milliseconds of any clock). */
export type Sighting = { readonly done: number; readonly at: number };

/** Only what was seen this lately speaks of the pace now: a pause long ago, such as a crash, does not. */
const LATELY_MS = 10_000;
/** A pace over less than this says nothing. */
const ENOUGH_MS = 500;

/** The sightings to go on with after one more: the recent ones, and the last before them. */
export function seenLately(earlier: readonly Sighting[], next: Sighting): readonly Sighting[] {
  const recent = earlier.filter(({ at }) => next.at - at <= LATELY_MS);
  const [last] = earlier.slice(-1);
  return [...(recent.length > 0 || last === undefined ? recent : [last]), next];
}

/** How many a second were done lately; null before it can be said, and while nothing moves. */
export function paceOf(sightings: readonly Sighting[]): number | null {
  const [first, last] = [sightings[0], sightings.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < ENOUGH_MS || last.done <= first.done)
    return null;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}
