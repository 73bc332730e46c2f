import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The program that imports one file in a process of its own. */
export const importProgram = join(import.meta.dirname, "import-once.ts");

export type ImportRun = {
  readonly ms: number;
  readonly rows: number;
  readonly idleMiB: number;
  readonly peakMiB: number;
};

/** Imports a file into the database that `url` names, alone in a process: its time without the start, and its memory. */
export function importOnce(file: string, url: string): ImportRun {
  // As `npm start` starts the worker.
  const { stdout, status } = spawnSync(process.execPath, ["--max-semi-space-size=8", importProgram, file], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("the import failed");
  return JSON.parse(stdout.toString());
}
