// `npm test`: everything, on a bare machine. `--fast` is the part that takes seconds: no browser, no database.
// `--e2e` is the browser part alone. The last line is the tally.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { browser, build, environment, install, root, run, runtime, say } from "./toolchain.mjs";

const fast = process.argv.includes("--fast");
const only = process.argv.includes("--e2e") ? "e2e" : undefined;
const tally = { passed: 0, failed: 0 };

await install();
const node = runtime();
const bin = (...path) => join(root, "node_modules", ...path);
const results = join(root, ".cache", "results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

if (only === undefined) {
  // Types that an earlier build wrote for pages which may be gone by now.
  for (const folder of ["types", "dev/types"]) rmSync(join(root, ".next", folder), { recursive: true, force: true });
  await check("types", bin("typescript", "bin", "tsc"), ["--noEmit", "-p", "."]);
  await check("lint", bin("@biomejs", "biome", "bin", "biome"), ["ci", "--colors=off", "."]);
  await suite("unit", bin("vitest", "vitest.mjs"), ["run", ...(fast ? ["--project", "pure"] : [])]);
}
if (!fast) {
  const chromium = browser();
  await build();
  await suite(
    "e2e",
    bin("@playwright", "test", "cli.js"),
    ["test", "--config", "e2e/playwright.config.ts", ...arguments_()],
    {
      CHROMIUM_PATH: chromium,
    },
  );
}
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed\n`);
process.exit(tally.failed > 0 ? 1 : 0);

/** A step that passes or fails as one. */
async function check(name, program, args) {
  say(`\n— ${name}`);
  const ok = (await run(node, [program, ...args])) === 0;
  tally[ok ? "passed" : "failed"] += 1;
}

/** A step that counts its own tests and writes the counts to a file. */
async function suite(name, program, args, extra = {}) {
  say(`\n— ${name}`);
  const file = join(results, `${name}.json`);
  const code = await run(node, [program, ...args], { env: environment({ ...extra, TEST_TALLY: file }) });
  const { passed, failed } = counts(file);
  tally.passed += passed;
  tally.failed += failed === 0 && code !== 0 ? 1 : failed;
}

function counts(file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    if ("stats" in report)
      return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected };
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function arguments_() {
  return process.argv.slice(2).filter((word) => word !== "--e2e" && word !== "--fast");
}
