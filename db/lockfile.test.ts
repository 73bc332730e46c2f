import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

/** Oldest versions without a known hole that reaches us (security advisories up to November 2026). */
const floors: Record<string, string> = {
  next: "16.4.2",
  react: "19.3.1",
  "react-dom": "19.3.1",
  "@trpc/server": "11.8.0",
  "better-sqlite3": "13.2.0",
};

test.each(Object.entries(floors))("%s is at %s or later, wherever it is installed", (name, floor) => {
  const versions = Object.entries(lock.packages)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version ?? "0");
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.filter((version) => compare(version, floor) < 0)).toEqual([]);
});

test("every package comes with an integrity hash", () => {
  const bare = Object.entries(lock.packages)
    .filter(([path, { resolved, integrity }]) => path !== "" && resolved !== undefined && integrity === undefined)
    .map(([path]) => path);
  expect(bare).toEqual([]);
});

test("every platform package that the lock file names is in it, so that a clean install succeeds anywhere", () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter(
        (name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      )
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/).slice(0, 3).map(Number));
  const at = [0, 1, 2].find((index) => left?.[index] !== right?.[index]);
  return at === undefined ? 0 : (left?.[at] ?? 0) - (right?.[at] ?? 0);
}
