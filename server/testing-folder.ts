import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Before the first suite of a test process: uploads, checkpoints and keys go to a folder that ends with the process. */
if (process.env.DATA_DIR === undefined) {
  const folder = mkdtempSync(join(tmpdir(), "evenhand-data-"));
  process.env.DATA_DIR = folder;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  // A process whose suites are through is told to end, and would end without a word.
  process.once("SIGTERM", () => process.exit());
}
