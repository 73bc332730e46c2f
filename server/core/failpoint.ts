/** Every place at which a test may have the process die, as if its power had gone. */
export const failpoints = [
  "job.claimed",
  "job.before-finish",
  "job.after-finish",
  "import.chunk-begun",
  "import.chunk-written",
  "import.chunk-committed",
  "import.before-report",
  "undo.chunk-written",
  "undo.chunk-committed",
  "undo.before-report",
  "claim.before-commit",
  "claim.after-commit",
  "api.answer-written",
  "audit.before-seal",
  "audit.after-seal",
  "keys.batch-rewrapped",
] as const;
export type Failpoint = (typeof failpoints)[number];

const [name, nth] = process.env.NODE_ENV === "test" ? (process.env.FAILPOINT ?? "").split(":") : [];
let passes = 0;

/** Kills this process with SIGKILL when `FAILPOINT=name[:n]` asks for it at the n-th pass; elsewhere nothing happens. */
export function failpoint(here: Failpoint): void {
  if (here !== name) return;
  passes += 1;
  if (passes === Number(nth ?? 1)) process.kill(process.pid, "SIGKILL");
}
