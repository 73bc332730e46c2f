import type { z } from "zod";
import type { Tx } from "#db/client.ts";
import type { Actor, Context } from "../core/context.ts";
import type { Id } from "../core/id.ts";

export type Progress = { readonly done: number; readonly total: number; readonly note?: string };

/** One claim of a job. It is over when the lease is: every method then throws `LeaseLost`. */
export type Job = {
  readonly id: Id<"job">;
  /** Which claim this is; later claims have higher numbers. */
  readonly fence: number;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the lease is lost, the job is cancelled or the worker stops. */
  readonly signal: AbortSignal;
  /** Keeps the lease and shows the progress, in a short transaction of its own. */
  heartbeat(progress?: Progress): Promise<void>;
  /** To be called first in every transaction that writes: it commits only if this claim still holds the lease. */
  hold(tx: Tx): Promise<void>;
  /** Ends the job in the transaction of its last effect, so that the effect happens exactly once. */
  finish(tx: Tx): Promise<void>;
};

/** The context of a job: the system acts, under the name of the job's kind. */
export type JobContext = Context<Extract<Actor, { kind: "system" }>>;

export type JobHandler = {
  /** Once each business day (Asia/Shanghai), with an empty payload. */
  readonly every?: "day";
  /** In the transaction that puts a job aside after its last try, for the fact that waits for it to know; with the last failure's code. */
  gaveUp?(tx: Tx, ctx: JobContext, payload: unknown, code: string): Promise<void>;
  run(ctx: JobContext, payload: unknown, job: Job): Promise<void>;
};

/**
 * Declares what one kind of job does. It may run again after a crash, from the start: each transaction of `run` calls
 * `job.hold(tx)` and leaves a state from which the next run carries on.
 */
export function jobHandler<P extends z.ZodType>(
  payload: P,
  run: (ctx: JobContext, payload: z.output<P>, job: Job) => Promise<void>,
  {
    every,
    gaveUp,
  }: {
    readonly every?: "day";
    readonly gaveUp?: (tx: Tx, ctx: JobContext, payload: z.output<P>, code: string) => Promise<void>;
  } = {},
): JobHandler {
  return {
    every,
    run: async (ctx, raw, job) => run(ctx, payload.parse(raw), job),
    gaveUp: gaveUp && ((tx, ctx, raw, code) => gaveUp(tx, ctx, payload.parse(raw), code)),
  };
}

/** Another claim has superseded this one; what it still tries to write is refused. */
export class LeaseLost extends Error {
  constructor() {
    super("the lease of this job is held by another claim");
    this.name = "LeaseLost";
  }
}
