import type { Command } from "commander";
import { type House, withHouse } from "../house.ts";
import { fairness, replay } from "./decisions/queries.ts";

/** `evenhand decisions replay` and `evenhand fairness report`: exit 0 only when nothing differs. */
export function offersCommands(program: Command, open: () => Promise<House>): void {
  program
    .command("decisions")
    .description("automated price decisions")
    .command("replay")
    .description("decide past decisions again from their records; exit 0 if every one comes out the same")
    .option("--sample <count>", "how many, evenly drawn, or all", sampleOf, "all" as const)
    .option("--json", "print the result as JSON")
    .action(async ({ sample, json }: { sample: number | "all"; json?: boolean }) => {
      const found = await withHouse(open, ({ db }) => replay(db, sample));
      const differing = found.different
        .map(({ decisionId, because }) => `${decisionId} differs in its ${because}\n`)
        .join("");
      process.stdout.write(
        json ? `${JSON.stringify(found, null, 2)}\n` : `${found.same} of ${found.checked} the same\n${differing}`,
      );
      process.exitCode = found.different.length === 0 ? 0 : 1;
    });

  program
    .command("fairness")
    .description("equal prices for equal questions")
    .command("report")
    .description("group decisions by tier, cart, channel and offer versions; exit 0 if each group has one price")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const found = await withHouse(open, ({ db }) => fairness(db));
      const unequal = found.groupsWithMoreThanOnePrice;
      const lines = unequal.map(({ groupHash, decisionIds }) => `${groupHash}: ${decisionIds.join(", ")}\n`).join("");
      process.stdout.write(
        json
          ? `${JSON.stringify(found, null, 2)}\n`
          : `${found.decisions} decisions in ${found.groups} groups; ${unequal.length} with more than one price\n${lines}`,
      );
      process.exitCode = unequal.length === 0 ? 0 : 1;
    });
}

function sampleOf(text: string): number | "all" {
  if (text === "all") return "all";
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`--sample takes a whole number or "all", not ${text}`);
  return count;
}
