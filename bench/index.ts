import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { basename } from "node:path";

/** Runs every suite of this folder, or those that are named, one after the other: `npm run bench -- quotes members`. */
const named = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const flags = process.argv.slice(2).filter((word) => word.startsWith("-"));
const suites = globSync("bench/*.suite.ts")
  .sort()
  .filter((file) => named.length === 0 || named.includes(basename(file, ".suite.ts")));
for (const file of suites) {
  console.log(`\n— ${basename(file, ".suite.ts")}`);
  const { status } = spawnSync(process.execPath, [file, ...flags], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
