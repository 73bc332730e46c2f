/**
 * Every expected "no": a code that the message catalogues translate (`refusals.<code>`), and the condition that failed.
 * Codes are declared in each capability's `model.ts`; nothing personal may stand in `condition`, since it is shown,
 * logged and audited.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly condition: Readonly<Record<string, string | number>>;
  readonly status: RefusalStatus;

  constructor(
    code: string,
    condition: Readonly<Record<string, string | number>> = {},
    status: RefusalStatus = "conflict",
  ) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.condition = condition;
    this.status = status;
  }
}

/** What kind of "no" it is, for callers that speak HTTP. */
export type RefusalStatus =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "missing"
  | "conflict"
  | "too_large"
  | "throttled"
  | "unavailable";

/** A rule's answer: yes, or no with the code and the condition that failed. */
export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly condition: Readonly<Record<string, string | number>> };

export const yes: Verdict = { ok: true };

/** A rule's "no". */
export function no(code: string, condition: Readonly<Record<string, string | number>> = {}): Verdict {
  return { ok: false, code, condition };
}

/** Turns a rule's "no" into a `Refusal`; passes a "yes" through. */
export function demand(verdict: Verdict): void {
  if (!verdict.ok) throw new Refusal(verdict.code, verdict.condition);
}
