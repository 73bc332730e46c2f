import type { Command } from "commander";
import { type House, withHouse } from "../house.ts";
import { type Rebuilding, rebuild } from "./ledger/rebuilding/service.ts";
import { type LedgerProblem, type LedgerVerification, verifyLedger } from "./ledger/verification/queries.ts";
import { sweep } from "./retention/service.ts";

/** `evenhand consents …`. `open` opens the house for one command, which closes it. */
export function consentsCommands(program: Command, open: () => Promise<House>): void {
  const consents = program.command("consents").description("the consent ledger: verify it, rebuild from it, sweep");

  consents
    .command("verify")
    .description("compute every consent again from its events; exit 0 if nothing was touched, 1 if something was")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const found = await withHouse(open, ({ db }) => verifyLedger(db));
      process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : report(found));
      process.exitCode = found.ok ? 0 : 1;
    });

  consents
    .command("rebuild")
    .description("make every consent what the ledger's events say; exit 1 if events were touched and stay unused")
    .option("--member <number>", "only the member with this card number")
    .option("--json", "print the result as JSON")
    .action(async ({ member, json }: { member?: string; json?: boolean }) => {
      const rebuilt = await withHouse(open, (house) =>
        rebuild(house.contextFor({ kind: "system", name: "consents.rebuild" }), member ?? null),
      );
      process.stdout.write(json ? `${JSON.stringify(rebuilt, null, 2)}\n` : account(rebuilt));
      process.exitCode = rebuilt.ok ? 0 : 1;
    });

  consents
    .command("sweep")
    .description("erase what has outlived its purpose now, as the daily job does")
    .action(async () => {
      const swept = await withHouse(open, (house) =>
        sweep(house.contextFor({ kind: "system", name: "consents.sweep" }), {
          hold: async () => undefined,
          signal: new AbortController().signal,
        }),
      );
      process.stdout.write(`${JSON.stringify(swept, null, 2)}\n`);
    });
}

function account({ ok, members, mended, problems }: Rebuilding): string {
  const lines = mended.map((id) => `mended ${id}\n`);
  return `${lines.join("")}${linesOf(problems)}${ok ? "ok   " : "BAD  "}${mended.length} consents of ${members} members\n`;
}

function linesOf(problems: readonly LedgerProblem[]): string {
  return problems.map(({ kind, id }) => `BAD  ${kind} ${id}\n`).join("");
}

function report({ ok, members, events, problems }: LedgerVerification): string {
  return `${linesOf(problems)}${ok ? "ok   " : "BAD  "}${events} events of ${members} members\n`;
}
