import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { Refusal, type RefusalStatus } from "../core/refusal.ts";

const httpStatus: Record<RefusalStatus, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  too_large: 413,
  throttled: 429,
  unavailable: 503,
};

/** A problem document (RFC 9457). `code` is ours and stable; the sentence for people belongs to whoever shows it. */
export const Problem = z.object({
  type: z.string().describe("urn:evenhand:problem:CODE"),
  title: z.string().describe("The phrase of the HTTP status"),
  status: z.int(),
  code: z.string().describe("What was refused; stable across versions"),
  condition: z.record(z.string(), z.union([z.string(), z.number()])).describe("The condition that failed"),
  fields: z.array(z.string()).optional().describe("Paths of the input fields that were refused"),
  requestId: z.string().describe("Quote it when asking for help"),
});
export type Problem = z.infer<typeof Problem>;

/** A problem of this HTTP status and code. */
export function problem(
  status: number,
  code: string,
  requestId: string,
  { condition = {}, fields }: Pick<Partial<Problem>, "condition" | "fields"> = {},
): Problem {
  return {
    type: `urn:evenhand:problem:${code}`,
    title: STATUS_CODES[status] ?? "Error",
    status,
    code,
    condition,
    ...(fields === undefined ? {} : { fields }),
    requestId,
  };
}

/** What a thrown reason looks like from outside: a refusal by its code, a bad input by its fields, all else as one 500. */
export function problemOf(reason: unknown, requestId: string): Problem {
  if (reason instanceof Refusal) {
    return problem(httpStatus[reason.status], reason.code, requestId, { condition: { ...reason.condition } });
  }
  if (reason instanceof z.ZodError) {
    const fields = [...new Set(reason.issues.map(({ path }) => path.join(".")))].slice(0, 20);
    return problem(422, "INPUT_INVALID", requestId, { fields });
  }
  return problem(500, "INTERNAL", requestId);
}
