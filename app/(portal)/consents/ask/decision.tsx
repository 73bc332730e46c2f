"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { failureOf } from "#app/ui/failure.ts";
import { Checkbox } from "#app/ui/field.tsx";
import { FormProblem } from "#app/ui/form.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { FieldKey } from "#server/consents/fields/model.ts";
import type { PurposeOf } from "#server/consents/model.ts";
import { type Tidings, telling } from "../../told.ts";
import type { AskedField } from "../consents.ts";
import { useValueFaults, ValueInput } from "../value-input.tsx";
import { valuesIn } from "../values.ts";
import { useServed } from "./use-served.ts";

type Choice = "agree" | "refuse";

/** Answers that were given to a notice which is no longer the one to answer: it has to be read, and recorded, again. */
const overtaken = ["NOTICE_SUPERSEDED", "SERVED_STALE", "SERVED_NOT_FOUND"];

/** What is asked and the two answers. Nothing typed, ticked or chosen is nothing given; no key stands for an answer. */
export function Decision({
  asked,
  next,
  noticeHash,
  fields,
  forChild,
  isGranted,
  refusal,
}: {
  asked: PurposeOf;
  next: string;
  noticeHash: string;
  fields: readonly AskedField[];
  forChild: boolean;
  isGranted: boolean;
  /** What saying no means for this purpose. */
  refusal: string;
}) {
  const t = useTranslations("consents");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [turnedOn, setTurnedOn] = useState<readonly FieldKey[]>([]);
  const [choice, setChoice] = useState<Choice>("refuse");
  const lost = useRef<Choice | null>(null);
  const { servedId, serving, serve } = useServed(asked, noticeHash);
  const wanted = fields.filter(({ key, mandatory }) => mandatory || turnedOn.includes(key));
  const definitions = wanted.map(({ definition }) => definition);

  const signIn = `/join?next=${encodeURIComponent(next)}`;
  const leave = (told: Tidings) => {
    router.replace(telling(next, told));
    router.refresh();
  };
  const decision = useSubmit({
    send: async (data) => {
      const chosen: Choice = data.get("choice") === "agree" ? "agree" : "refuse";
      if (chosen === "refuse" && isGranted) return "kept";
      if (servedId === null) throw new Error("the notice was not recorded as shown");
      const missing = forChild && data.get("guardian") === null ? ["guardian"] : [];
      try {
        if (chosen === "refuse") await trpc.consents.ledger.refuse.mutate({ servedId });
        else {
          const values = valuesIn(data, "", definitions, missing);
          await trpc.consents.ledger.grant.mutate({ servedId, guardian: forChild, values });
        }
      } catch (error) {
        const failure = failureOf(error);
        const code = failure.kind === "refused" ? failure.code : "";
        // The answer before this one arrived after all; what got lost was the word that it did.
        if (code === "SERVED_ANSWERED" && lost.current === chosen) return told(chosen);
        lost.current = failure.kind === "offline" ? chosen : null;
        if (overtaken.includes(code)) serve();
        throw error;
      }
      return told(chosen);
    },
    done: leave,
    explain: { ...useValueFaults("", definitions), guardian: t("value.guardianWrong") },
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) router.replace(next);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router, next]);

  const decide = (chosen: Choice) => {
    if (form.current === null) return;
    const data = new FormData(form.current);
    data.set("choice", chosen);
    setChoice(chosen);
    void decision.run(data);
  };
  const button = (chosen: Choice) => (
    <Button
      size="wide"
      disabled={servedId === null}
      pending={decision.pending && choice === chosen}
      onClick={() => decide(chosen)}
    >
      {decision.pending && choice === chosen ? shell("working") : t(`sheet.${chosen}`)}
    </Button>
  );
  return (
    <form ref={form} noValidate onSubmit={(event) => event.preventDefault()} className="grid gap-5">
      {fields.length > 0 && <h2 className="text-lg font-strong">{t("ask.fields")}</h2>}
      {fields.map(({ key, mandatory, necessity, definition }) => (
        <div key={key} className="grid gap-3">
          {!mandatory && (
            <Checkbox
              name={`${key}.on`}
              label={t("ask.give", { field: definition.name[locale] })}
              hint={
                <>
                  <span className="block text-ink-2">{necessity[locale]}</span>
                  {t("sheet.optional")}
                </>
              }
              checked={turnedOn.includes(key)}
              onChange={({ target }) =>
                setTurnedOn((on) => (target.checked ? [...on, key] : on.filter((one) => one !== key)))
              }
            />
          )}
          {(mandatory || turnedOn.includes(key)) && (
            <ValueInput
              definition={definition}
              why={mandatory ? necessity[locale] : undefined}
              form=""
              field={decision.field}
            />
          )}
        </div>
      ))}
      {forChild && <Checkbox {...decision.field("guardian")} label={t("sheet.guardian")} />}
      <ul className="grid gap-1 text-ink-2">
        {[refusal, t("sheet.refusal"), t("sheet.withdrawal")].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <FormProblem form={decision} signIn={signIn} />
      <FormProblem form={serving} signIn={signIn} />
      {serving.failure !== null && (
        <Button onClick={serve} className="justify-self-start">
          {t("ask.again")}
        </Button>
      )}
      <p role="status" className="text-sm text-ink-3 empty:hidden">
        {servedId === null && serving.failure === null ? t("ask.preparing") : ""}
      </p>
      <div className="grid grid-cols-2 gap-3">
        {button("refuse")}
        {button("agree")}
      </div>
    </form>
  );
}

const told = (choice: Choice): Tidings => (choice === "agree" ? "agreed" : "refused");
