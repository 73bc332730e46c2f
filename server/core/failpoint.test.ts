import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { failpoint, failpoints } from "./failpoint.ts";

test("the list of failpoints is the list of places that have one", () => {
  const placed = globSync("server/**/*.ts", { exclude: ["**/*.test.ts"] }).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\bfailpoint\("([\w.-]+)"\)/g)].map(([, name = ""]) => name),
  );
  expect([...new Set(placed)].sort()).toEqual([...failpoints].sort());
  expect(failpoints.length).toBeGreaterThanOrEqual(12);
});

test("without FAILPOINT nothing happens", () => {
  for (const name of failpoints) expect(failpoint(name)).toBeUndefined();
});
