import { basename } from "node:path";
import { type Command, Option } from "commander";
import type { House } from "../house.ts";
import { ChosenSettings, type ImportReport, provenanceBases, provenanceIn } from "./importing/model.ts";
import { report } from "./importing/queries.ts";
import { importFile } from "./importing/service.ts";
import { named } from "./mapping/queries.ts";
import { leakPolicies, platforms } from "./reading/model.ts";

type Options = {
  platform?: string;
  mapping?: string;
  dryRun?: boolean;
  leaks: string;
  override?: string;
  thirdParty?: boolean;
  supplier?: string;
  basis?: string;
  reference?: string;
  scope?: string;
  json?: boolean;
};

/** `evenhand orders …`. `open` opens the house for one command, which closes it. */
export function ordersCommands(program: Command, open: () => Promise<House>): void {
  const orders = program.command("orders").description("platform orders: import a platform's export");

  orders
    .command("import <file>")
    .description("import an order export; exit 0 all rows in, 2 some rejected, 3 the file refused, 1 failure")
    .addOption(new Option("--platform <platform>", "taken as given instead of recognised").choices(platforms))
    .option("--mapping <name>", "read the columns as this saved mapping says")
    .addOption(new Option("--leaks <policy>", "rows with personal data").choices(leakPolicies).default("drop"))
    .option("--dry-run", "look only: write no order")
    .option("--override <reason>", "take in a file that was not desensitised; the reason is recorded")
    .option("--third-party", "no platform's own export: its rows stay in quarantine until the next four are declared")
    .option("--supplier <name>", "who gave the file")
    .addOption(new Option("--basis <basis>", "by what right").choices(provenanceBases))
    .option("--reference <number>", "the contract or the record of consent")
    .option("--scope <words>", "what it covers")
    .option("--json", "print the account as JSON")
    .action(async (path: string, { platform, mapping, dryRun = false, leaks, override, json, ...said }: Options) => {
      const { thirdParty = false, ...declared } = said;
      const settings = { platform, leaks, overrideReason: override };
      const chosen = ChosenSettings.parse({ ...settings, ...provenanceIn(thirdParty, declared) });
      const house = await open();
      try {
        if (mapping !== undefined) chosen.mapping = await named(house.db, mapping);
        const ctx = house.contextFor({ kind: "system", name: "cli" });
        const batchId = await importFile(ctx, house.clock, {
          file: { path },
          fileName: basename(path),
          chosen,
          dryRun,
          source: "cli",
        });
        const account = await report(house.db, batchId);
        process.stdout.write(json ? `${JSON.stringify(account)}\n` : inWords(account));
        process.exitCode = exitCode(account);
      } finally {
        await house.close();
      }
    });
}

/** 0 all rows in, 2 some rejected or all of them in quarantine, 3 refused whole. */
export function exitCode({
  fileOutcome,
  rows,
  state,
}: Pick<ImportReport, "fileOutcome" | "rows"> & Partial<Pick<ImportReport, "state">>): 0 | 2 | 3 {
  if (fileOutcome === "refused") return 3;
  return rows.rejected > 0 || state === "quarantined" ? 2 : 0;
}

function inWords(account: ImportReport): string {
  const { rows, orders, totals, fileCodes, platform, layout, encoding, leaks, warnings, sameAs, dryRun } = account;
  if (account.fileOutcome === "refused") {
    return `${account.file}: refused, nothing taken in (${[...fileCodes, ...account.columns].join(", ")})\n`;
  }
  const lines = [
    `${account.file}: ${[platform, layout, encoding].filter((word) => word !== null).join(", ")}`,
    sameAs === null ? null : `  this very file was imported before, as batch ${sameAs}; nothing has changed since`,
    `  rows     ${rows.read} read, ${rows.accepted} accepted, ${rows.rejected} rejected, ${rows.skipped} skipped`,
    `  orders   ${orders.created} new, ${orders.updated} changed, ${orders.unchanged} unchanged, ${orders.rejected} rejected`,
    `  money    ${yuan(totals.paidFen)} paid, ${yuan(totals.refundFen)} refunded`,
    `  noticed  ${leaks.length} personal values dropped, ${warnings.length} warnings${fileCodes.length > 0 ? `, ${fileCodes.join(" ")}` : ""}`,
    account.state === "quarantined"
      ? "  in quarantine: no platform's own export; say --supplier, --basis, --reference and --scope"
      : null,
    dryRun ? "  a dry run: nothing was written" : `  batch    ${account.batchId}, ${account.durationMs} ms`,
  ];
  return `${lines.filter((line) => line !== null).join("\n")}\n`;
}

function yuan(fen: number): string {
  return `¥${(fen / 100).toFixed(2)}`;
}
