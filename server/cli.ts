/** The command line: one more thin door to the services. `npm run -s evenhand -- help` */
import { Command } from "commander";
import { migrate } from "#db/migrate.ts";
import { procedureManifest } from "./api/manifest.ts";
import { appRouter } from "./api/root.ts";
import { auditCommands } from "./audit/commands.ts";
import { envExample } from "./config.ts";
import { consentsCommands } from "./consents/commands.ts";
import { Refusal } from "./core/refusal.ts";
import { examineHouse } from "./doctor.ts";
import { openHouse } from "./house.ts";
import { membersCommands } from "./members/commands.ts";
import { offersCommands } from "./offers/commands.ts";
import { ordersCommands } from "./orders/commands.ts";
import { staffCommands } from "./staff/commands.ts";
import { giveUp, settingsOrExit } from "./start/settings.ts";

const program = new Command("evenhand").description("Member CRM: same tier, same terms").showHelpAfterError();

/** The house for one command, which closes it. A database that is new or behind is brought up to date first. */
async function open() {
  const config = settingsOrExit();
  await migrate(config.databaseUrl).catch((reason: Error) =>
    giveUp(`the database cannot be brought up to date: ${reason.message}`),
  );
  return openHouse(config);
}

for (const register of [
  auditCommands,
  consentsCommands,
  membersCommands,
  offersCommands,
  ordersCommands,
  staffCommands,
])
  register(program, open);

program
  .command("doctor")
  .description("look at versions, settings, keys and database; exit 0 when all is well")
  .option("--json", "print the findings as JSON")
  .action(async ({ json }: { json?: boolean }) => {
    const findings = await examineHouse(settingsOrExit());
    const ok = findings.every((finding) => finding.ok);
    const lines = findings.map(
      ({ name, found, needed, ok: well }) =>
        `${well ? "ok  " : "BAD "} ${name}: ${found}${well ? "" : ` (needed: ${needed})`}\n`,
    );
    process.stdout.write(json ? `${JSON.stringify({ ok, findings }, null, 2)}\n` : lines.join(""));
    process.exitCode = ok ? 0 : 1;
  });

program
  .command("authz")
  .description("who may call what")
  .command("manifest")
  .description("print every procedure with its permission, as JSON")
  .action(() => {
    process.stdout.write(`${JSON.stringify(procedureManifest(appRouter), null, 2)}\n`);
  });

program
  .command("settings")
  .description("every setting with its meaning and default")
  .command("example")
  .description("print .env.example")
  .action(() => {
    process.stdout.write(envExample());
  });

try {
  await program.parseAsync();
} catch (reason) {
  if (reason instanceof Refusal) giveUp(`${reason.code} ${JSON.stringify(reason.condition)}`);
  giveUp(reason instanceof Error ? reason.message : "failed");
}
