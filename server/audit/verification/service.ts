import type { Context } from "../../core/context.ts";
import type { Job, JobContext } from "../../jobs/job.ts";
import { enqueue } from "../../jobs/outbox.ts";
import type { CheckpointFiles } from "../checkpoints/checkpoint-files.ts";
import type { AuditEntryId, Detail, Verification } from "../model.ts";
import { record } from "../service.ts";
import { verify } from "./queries.ts";

/** Asks the worker to compute the whole log again. The answer is the entry whose subject is this request. */
export async function requestVerification(ctx: Context): Promise<{ requestId: AuditEntryId }> {
  return ctx.db.transact(async (tx) => {
    const requestId = await record(tx, ctx, {
      action: "audit.requestVerification",
      subject: { kind: "log", id: null },
    });
    await enqueue(tx, ctx, { kind: "audit.verify", payload: { requestId } });
    return { requestId };
  });
}

/** Verifies and records what was found, in the log itself and exactly once. */
export async function runVerification(
  ctx: JobContext,
  files: CheckpointFiles,
  { requestId, job }: { readonly requestId: AuditEntryId; readonly job: Job },
): Promise<void> {
  const found = await verify(ctx.db, ctx.keys, {
    outside: () => files.notes(),
    onProgress: (done, total) => job.heartbeat({ done, total }),
  });
  await ctx.db.transact(async (tx) => {
    await record(tx, ctx, {
      action: "audit.verify",
      subject: { kind: "auditEntry", id: requestId },
      detail: detailOf(found),
    });
    await job.finish(tx);
  });
}

function detailOf({ ok, entries, sealed, unsealed, size, root, checkpoints, problems }: Verification): Detail {
  const first = problems[0];
  return {
    ok,
    entries,
    sealed,
    unsealed,
    size,
    root,
    checkpoints,
    problems: problems.length,
    firstProblem: first?.kind ?? null,
    firstSeq: first?.seq ?? null,
  };
}
