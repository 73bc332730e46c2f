import { expect, test } from "vitest";
import { floors, isBelow, lockedVersions } from "./floors.ts";

test("the lock file installs nothing older than the floors", () => {
  const locked = lockedVersions("package-lock.json");
  for (const [name, floor] of Object.entries(floors)) {
    expect(isBelow(locked[name] ?? "none", floor), `${name} ${locked[name]} is below ${floor}`).toBe(false);
  }
});

test("versions are compared number by number", () => {
  expect(isBelow("16.4.1", "16.4.2")).toBe(true);
  expect(isBelow("16.10.0", "16.4.2")).toBe(false);
  expect(isBelow("15.9.9", "16.4.2")).toBe(true);
  expect(isBelow("16.4.2", "16.4.2")).toBe(false);
  expect(isBelow("none", "1.0.0")).toBe(true);
});
