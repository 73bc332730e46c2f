/** Writes the next migration of both engines after a change of `db/schema`: `npm run db:generate -- what_changes`. */
import { spawnSync } from "node:child_process";

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("evenhand: name what changes, in small letters: npm run db:generate -- benefit_slots");
  process.exit(1);
}
for (const url of ["", "postgres://schema-only"]) {
  const kit = spawnSync("drizzle-kit", ["generate", "--config", "db/drizzle.config.ts", "--name", name], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: "inherit",
  });
  if (kit.status !== 0) process.exitCode = 1;
}
