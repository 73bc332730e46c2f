"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { CheckResult } from "#server/consents/receipts/model.ts";

/** Takes a receipt as text or file and says, check by check, whether it holds. */
export function VerifyForm() {
  const t = useTranslations("consents.verify");
  const [text, setText] = useState("");
  const [results, setResults] = useState<readonly CheckResult[] | null>(null);
  const form = useSubmit({
    send: () => {
      setResults(null);
      return trpc.consents.receipts.verify.mutate({ text });
    },
    done: setResults,
    explain: { text: t("empty") },
  });
  const problem = form.field("text").error;
  return (
    <form {...form.props} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
      <FormProblem form={form} signIn="/join?next=/verify" />
      <div aria-live="polite">{results && <Results results={results} />}</div>
      <div className="grid min-w-0 gap-1">
        <label htmlFor="field-text" className="font-strong">
          {t("text")}
        </label>
        {problem && (
          <p id="field-text-error" className="text-sm text-bad">
            {problem}
          </p>
        )}
        <textarea
          id="field-text"
          name="text"
          rows={6}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? "field-text-error field-text-hint" : "field-text-hint"}
          className="w-full rounded-md border border-control bg-surface p-2 font-mono text-sm"
        />
        <p id="field-text-hint" className="text-sm text-ink-3">
          {t("textHint")}
        </p>
      </div>
      <label className="grid min-w-0 gap-1">
        <span className="font-strong">{t("file")}</span>
        <input
          type="file"
          accept="application/json,.json"
          className="min-h-(--tap) w-full min-w-0 text-sm"
          onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
        />
      </label>
      <SubmitButton form={form} size="wide">
        {t("submit")}
      </SubmitButton>
    </form>
  );
}

function Results({ results }: { results: readonly CheckResult[] }) {
  const t = useTranslations("consents.verify");
  const isBad = results.some(({ result }) => isNo(result));
  const isWaiting = results.some(({ result }) => result === "waiting");
  return (
    <Notice tone={isBad ? "bad" : "ok"} title={t(isBad ? "bad" : isWaiting ? "waiting" : "good")}>
      <ul className="grid gap-1">
        {results.map(({ check, result }) => (
          <li key={check} className="flex flex-wrap gap-x-2">
            <span aria-hidden>{isNo(result) ? "✗" : result === "holds" ? "✓" : "…"}</span>
            <span className="me-auto">{t(`checks.${check}`)}</span>
            <span className={isNo(result) ? "font-strong text-bad" : "text-ink-2"}>{t(`results.${result}`)}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function isNo(result: CheckResult["result"]): boolean {
  return result === "fails" || result === "foreign";
}
