import { expect, test } from "vitest";
import { z } from "zod";
import { failureOf } from "./failure.ts";

const answer = (data: object) =>
  Object.assign(new Error("x"), {
    data: { code: "CONFLICT", httpStatus: 409, refusal: null, fields: [], requestId: "r1", ...data },
  });

test("a refusal keeps its code and its impersonal condition", () => {
  const refusal = { code: "BUDGET_EXHAUSTED", condition: { leftFen: 0, odd: {} } };
  expect(failureOf(answer({ refusal }))).toEqual({
    kind: "refused",
    code: "BUDGET_EXHAUSTED",
    condition: { leftFen: 0 },
  });
});

test("an expired session and a missing second factor are told apart", () => {
  expect(failureOf(answer({ code: "UNAUTHORIZED", httpStatus: 401 }))).toEqual({ kind: "signedOut" });
  expect(failureOf(answer({ refusal: { code: "SIGN_IN_REQUIRED", condition: {} } }))).toEqual({ kind: "signedOut" });
  expect(failureOf(answer({ refusal: { code: "STEP_UP_REQUIRED", condition: {} } }))).toEqual({ kind: "stepUp" });
});

test("fields come from the server by path, and from a schema with what it minded", () => {
  expect(failureOf(answer({ code: "BAD_REQUEST", fields: ["name", "lines.0.sku"] }))).toEqual({
    kind: "fields",
    fields: [
      { name: "name", issue: null },
      { name: "lines.0.sku", issue: null },
    ],
  });
  const parsed = z.object({ name: z.string().min(2) }).safeParse({ name: "" });
  expect(failureOf(parsed.error)).toEqual({ kind: "fields", fields: [{ name: "name", issue: "too_small" }] });
});

test("a lost connection, a pause of the service and a defect", () => {
  expect(failureOf(new TypeError("fetch failed"))).toEqual({ kind: "offline" });
  expect(failureOf(answer({ httpStatus: 503 }))).toEqual({ kind: "offline" });
  expect(failureOf(answer({ code: "INTERNAL_SERVER_ERROR", httpStatus: 500 }))).toEqual({
    kind: "failed",
    reference: "r1",
  });
});
