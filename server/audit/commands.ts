import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { type House, withHouse } from "../house.ts";
import { splitNotes } from "./checkpoints/rules.ts";
import { seal } from "./checkpoints/service.ts";
import { outsideFiles } from "./jobs.ts";
import type { Verification } from "./model.ts";
import { checkpoints } from "./queries.ts";
import { consistencyPath } from "./tree/queries.ts";
import { verify } from "./verification/queries.ts";

/** `evenhand audit …`. `open` opens the house for one command, which closes it. */
export function auditCommands(program: Command, open: () => Promise<House>): void {
  const audit = program.command("audit").description("the audit log: seal it, prove it, verify it");

  audit
    .command("verify")
    .description("compute the whole log again; exit 0 if it is untouched, 1 if not")
    .option("--from <file>", "also hold it against checkpoints kept elsewhere")
    .option("--json", "print the result as JSON")
    .action(async ({ from, json }: { from?: string; json?: boolean }) => {
      const found = await withHouse(open, async ({ config, db, keys }) =>
        verify(db, keys, { outside: () => outsideNotes(config.dataDir, from) }),
      );
      process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : report(found));
      process.exitCode = found.ok ? 0 : 1;
    });

  audit
    .command("checkpoint")
    .description("seal what waits and print the newest checkpoint, to be kept where the database's owner cannot write")
    .option("--since <size>", "with the proof that the log since then only grew", Number)
    .option("--json", "print it as JSON with the verifier key")
    .action(async ({ since, json }: { since?: number; json?: boolean }) => {
      const found = await withHouse(open, async (house) => {
        const ctx = house.contextFor({ kind: "system", name: "audit.checkpoint" });
        await seal(ctx, outsideFiles(house.config.dataDir));
        const { checkpoints: newest, verifierKey } = await checkpoints(ctx, 1);
        const [head] = newest;
        const path =
          since === undefined || head === undefined ? null : await consistencyPath(house.db, since, head.size);
        return { verifierKey, checkpoint: head?.note ?? null, since: since ?? null, proof: path?.map(base64) ?? null };
      });
      if (found.checkpoint === null) process.stderr.write("The log is empty: nothing to sign yet.\n");
      process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : (found.checkpoint ?? ""));
    });
}

async function* outsideNotes(dataDir: string, from: string | undefined): AsyncIterable<string> {
  yield* outsideFiles(dataDir).notes();
  if (from !== undefined) yield* splitNotes(await readFile(from, "utf8"));
}

function report({ ok, sealed, unsealed, checkpoints: signed, root, problems }: Verification): string {
  const head = `${sealed} entries sealed under ${signed} checkpoints, ${unsealed} waiting; root ${root}`;
  if (ok) return `${head}\nThe log is untouched.\n`;
  const lines = problems.map(
    ({ kind, seq, entryId }) => `${kind}${seq === undefined ? "" : ` at ${seq}`} ${entryId ?? ""}`,
  );
  return [head, `${problems.length} problems:`, ...lines, ""].join("\n");
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
