import type { Tx } from "#db/client.ts";
import type { Clock } from "../../core/time.ts";
import type { Job } from "../../jobs/job.ts";

/** What a run of an import is kept alive by: the lease of a job, or merely the process that reads the file. */
export type Hold = {
  /** First in every transaction that writes; throws when somebody else has taken over. */
  hold(tx: Tx): Promise<void>;
  /** In the transaction of the last effect. */
  finish(tx: Tx): Promise<void>;
  readonly signal: AbortSignal;
  readonly clock: Clock;
};

/** The hold of a worker's job. */
export function jobHold(job: Job, clock: Clock): Hold {
  return { hold: (tx) => job.hold(tx), finish: (tx) => job.finish(tx), signal: job.signal, clock };
}

/** The hold of a command: it lasts as long as the process. */
export function commandHold(clock: Clock): Hold {
  return { hold: async () => undefined, finish: async () => undefined, signal: new AbortController().signal, clock };
}
