import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "./migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    sqliteTemplate: string;
  }
}

/** One migrated SQLite file for the whole run, of which each suite takes a copy. All of them go when it ends. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "evenhand-sqlite-"));
  const template = join(folder, "template.db");
  await migrate(template);
  project.provide("sqliteTemplate", template);
  return () => rmSync(folder, { recursive: true, force: true });
}
