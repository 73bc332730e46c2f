import { expect, test } from "vitest";
import { address, param } from "./address.ts";

const query = { q: " 银 ", tier: ["gold", "jade"], after: "x", empty: "" };

test("a parameter is its first value, trimmed", () => {
  expect(param(query, "q")).toBe("银");
  expect(param(query, "tier")).toBe("gold");
  expect(param(query, "empty")).toBeUndefined();
  expect(param(query, "missing")).toBeUndefined();
});

test("a changed address keeps the rest and drops what is null", () => {
  expect(address("/desk/members", query, { tier: null, after: null })).toBe("/desk/members?q=%E9%93%B6");
  expect(address("/desk/members", query, { tier: "jade", q: null, after: null })).toBe("/desk/members?tier=jade");
  expect(address("/desk/members", {}, {})).toBe("/desk/members");
});
