import { expect, test } from "vitest";
import { periodOf } from "./rules.ts";

test.each([
  ["day", "2026-06-14T16:00:00Z", "2026-06-15"],
  ["day", "2026-06-14T15:59:59Z", "2026-06-14"],
  ["week", "2026-06-14T16:00:00Z", "week 2026-06-15"],
  ["week", "2026-06-14T15:59:59Z", "week 2026-06-08"],
  ["month", "2026-05-31T16:00:00Z", "2026-06"],
  ["campaign", "2026-05-31T16:00:00Z", "campaign"],
] as const)("%s of %s, in Shanghai, is %s", (period, at, name) => {
  expect(periodOf(period, new Date(at))).toBe(name);
});
