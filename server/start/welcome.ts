/** Once it serves: where to go, and in the demo with which accounts. */
import { demoAccounts } from "../staff/demo/service.ts";
import { settingsOrExit } from "./settings.ts";

const config = settingsOrExit();
const origin = config.publicOrigin ?? `http://${config.host}:${config.port}`;
const lines = [
  `Evenhand is ready.`,
  `  Members   ${origin}`,
  `  Desk      ${origin}/desk`,
  `  Rulebook  ${origin}/rules`,
];
if (config.demo) {
  lines.push("", "Demo accounts of the desk (the sign-in page fills in the second factor):");
  for (const { role, email, password } of demoAccounts())
    lines.push(`  ${role.padEnd(16)} ${email.padEnd(24)} ${password}`);
} else {
  lines.push(
    "",
    "The first owner is invited with: npm run evenhand -- staff invite --email you@example.com --role owner",
  );
}
console.log(lines.join("\n"));
