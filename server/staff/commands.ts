import type { Command } from "commander";
import { Refusal } from "../core/refusal.ts";
import type { House } from "../house.ts";
import { invite } from "./invitations/service.ts";
import { Invite, roles } from "./model.ts";

/** `evenhand staff …`. `open` opens the house for one command, which closes it. */
export function staffCommands(program: Command, open: () => Promise<House>): void {
  const staff = program.command("staff").description("people who work here");

  staff
    .command("invite")
    .description("print a one-time link by which somebody becomes staff; how the first owner is made")
    .requiredOption("--email <email>", "whom the link is for")
    .requiredOption("--role <role...>", `one or more of ${roles.join(", ")}`)
    .option("--json", "print the link as JSON")
    .action(async ({ email, role, json }: { email: string; role: string[]; json?: boolean }) => {
      const input = Invite.safeParse({ email, roles: role });
      if (!input.success) {
        const wrong = input.error.issues.map(({ path }) => (path[0] === "email" ? "--email" : "--role"));
        process.stderr.write(`Not understood: ${[...new Set(wrong)].join(", ")}\n`);
        process.exitCode = 2;
        return;
      }
      const house = await open();
      try {
        const made = await invite(house.contextFor({ kind: "system", name: "cli.staff.invite" }), input.data);
        const { publicOrigin, port } = house.config;
        const link = `${publicOrigin ?? `http://localhost:${port}`}${made.path}`;
        const expiresAt = made.expiresAt.toISOString();
        process.stdout.write(
          json ? `${JSON.stringify({ link, expiresAt })}\n` : `${link}\nCounts once, until ${expiresAt}.\n`,
        );
      } catch (reason) {
        if (!(reason instanceof Refusal)) throw reason;
        process.stderr.write(`${reason.code}\n`);
        process.exitCode = 1;
      } finally {
        await house.close();
      }
    });
}
