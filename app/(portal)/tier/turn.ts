import type { Formats } from "#app/format/bound.ts";
import type { Step } from "#server/tiers/periods/rules.ts";

type Say = (key: Step["kind"], values: Record<string, string | number>) => string;

/** A turn of the standing in a sentence. `name` gives a tier's name in a version of the rules. */
export function turnSentence(
  say: Say,
  { date, count }: Formats,
  step: Step,
  name: (code: string, version?: number) => string,
): string {
  return say(step.kind, {
    date: date(step.at),
    growth: count(step.growth),
    threshold: count(step.threshold),
    version: step.version,
    from: name(step.from, step.version),
    to: name(step.to, step.version),
  });
}
