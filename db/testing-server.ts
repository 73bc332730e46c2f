import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrate } from "./migrate.ts";
import { openRaw } from "./raw.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
    postgresTemplate: string;
  }
}

/** One PostgreSQL for the whole run; each suite makes its own database in it, as a copy of a migrated one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startEmbeddedPostgres();
  const template = "migrated";
  const raw = await openRaw(server.url);
  await raw.run(`CREATE DATABASE ${template}`);
  await raw.close();
  await migrate(server.url.replace(/\/postgres$/, `/${template}`));
  project.provide("postgresUrl", server.url);
  project.provide("postgresTemplate", template);
  return server.stop;
}
