import type { Condition } from "../i18n/refusal.ts";

/** What went wrong with a call, as a person needs to hear it. Nothing typed is ever part of it. */
export type Failure =
  /** Fields that were not accepted, by name, each with what the schema said was wrong (null: it did not say). */
  | { readonly kind: "fields"; readonly fields: readonly { readonly name: string; readonly issue: string | null }[] }
  /** A "no" with its code. */
  | { readonly kind: "refused"; readonly code: string; readonly condition: Condition }
  | { readonly kind: "signedOut" }
  | { readonly kind: "stepUp" }
  /** The request or its answer got lost, or the service is down for a moment. */
  | { readonly kind: "offline" }
  | { readonly kind: "failed"; readonly reference: string | null };

/** Reads whatever a tRPC call, a schema or `fetch` threw. */
export function failureOf(error: unknown): Failure {
  const issues = listAt(error, "issues");
  if (issues !== null) return { kind: "fields", fields: issues.map(fieldOf) };
  const data = at(error, "data");
  if (data === undefined || data === null) return { kind: "offline" };
  const refusal = at(data, "refusal");
  const code = textAt(refusal, "code");
  if (code === "SIGN_IN_REQUIRED" || (code === null && textAt(data, "code") === "UNAUTHORIZED"))
    return { kind: "signedOut" };
  if (code === "STEP_UP_REQUIRED") return { kind: "stepUp" };
  if (code !== null) return { kind: "refused", code, condition: conditionOf(at(refusal, "condition")) };
  const fields = listAt(data, "fields") ?? [];
  const names = fields.filter((name) => typeof name === "string" && name !== "");
  if (names.length > 0) return { kind: "fields", fields: names.map((name) => ({ name: String(name), issue: null })) };
  if (at(data, "httpStatus") === 503) return { kind: "offline" };
  return { kind: "failed", reference: textAt(data, "requestId") };
}

function fieldOf(issue: unknown): { name: string; issue: string | null } {
  return { name: (listAt(issue, "path") ?? []).join("."), issue: textAt(issue, "code") };
}

function conditionOf(value: unknown): Condition {
  if (typeof value !== "object" || value === null) return {};
  const kept: Record<string, string | number> = {};
  for (const [key, part] of Object.entries(value))
    if (typeof part === "string" || typeof part === "number") kept[key] = part;
  return kept;
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string | null {
  const part = at(value, key);
  return typeof part === "string" ? part : null;
}

function listAt(value: unknown, key: string): readonly unknown[] | null {
  const part = at(value, key);
  return Array.isArray(part) ? part : null;
}
