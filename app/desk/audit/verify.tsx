"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Detail } from "#server/audit/model.ts";
import { useFormats } from "../../format/use.ts";
import { trpc } from "../../trpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { FormProblem } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useSubmit } from "../../ui/use-submit.ts";

type Outcome = { readonly at: Date; readonly detail: Detail };
const POLL_MS = 1_000;

/** Whether the log is what was signed: the last answer, and a button to have everything computed again now. */
export function Verify({ last }: { last: Outcome | null }) {
  const t = useTranslations("audit.verify");
  const [outcome, setOutcome] = useState(last);
  const form = useSubmit({ send: verifyNow, done: setOutcome });
  return (
    <div className="grid gap-3">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <Notice
        tone={outcome === null ? "info" : outcome.detail.ok === true ? "ok" : "bad"}
        live
        title={<Told outcome={outcome} pending={form.pending} />}
      >
        <div className="grid justify-items-start gap-2">
          {outcome ? <Figures outcome={outcome} /> : <p>{t("what")}</p>}
          <Button pending={form.pending} onClick={() => form.run()}>
            {t(form.pending ? "running" : "now")}
          </Button>
        </div>
      </Notice>
    </div>
  );
}

function Told({ outcome, pending }: { outcome: Outcome | null; pending: boolean }) {
  const t = useTranslations("audit.verify");
  if (pending) return t("running");
  if (outcome === null) return t("never");
  return outcome.detail.ok === true ? t("untouched") : t("touched", { count: Number(outcome.detail.problems) });
}

function Figures({ outcome: { at, detail } }: { outcome: Outcome }) {
  const t = useTranslations("audit.verify");
  const problems = useTranslations("audit.problems");
  const { exactTime, count } = useFormats();
  const kind = detail.firstProblem;
  return (
    <>
      <p>
        {t("figures", {
          sealed: count(Number(detail.sealed)),
          checkpoints: count(Number(detail.checkpoints)),
          at: exactTime(at),
        })}
      </p>
      {typeof kind === "string" && (
        <p>
          {problems.has(kind) ? problems(kind) : kind}{" "}
          {detail.firstSeq !== null && t("place", { seq: count(Number(detail.firstSeq)) })}
        </p>
      )}
    </>
  );
}

/** Asks for a verification and waits for the worker's answer. */
async function verifyNow(): Promise<Outcome> {
  const { requestId } = await trpc.audit.requestVerification.mutate();
  for (;;) {
    const found = await trpc.audit.verification.query({ entryId: requestId });
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
