"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { type Failure, failureOf } from "./failure.ts";

const issues = ["too_small", "too_big", "invalid_type", "invalid_format", "invalid_value"];

/**
 * Submits a native form once at a time and keeps every value when it fails.
 *
 *     const form = useSubmit({
 *       send: (data) => trpc.offers.draft.mutate(DraftOffer.parse({ name: data.get("name") })),
 *       done: (offer) => router.push(`/desk/offers/${offer.id}`),
 *       explain: { name: t("nameTaken") },
 *     });
 *     <form {...form.props}>
 *       <FormProblem form={form} signIn="/desk/sign-in" />
 *       <TextField {...form.field("name")} label={t("name")} />
 *       <SubmitButton form={form}>{t("save")}</SubmitButton>
 *     </form>
 *
 * `send` may throw a schema's error, a refusal or a network error; `explain` has better sentences for some fields.
 * For acts without a form call `form.run(data)`.
 */
export function useSubmit<Result>({
  send,
  done,
  explain = {},
}: {
  send: (data: FormData) => Promise<Result>;
  done?: (result: Result) => void;
  explain?: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("shell.form");
  const busy = useRef(false);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run(data: FormData = new FormData()): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    setFailure(null);
    try {
      const result = await send(data);
      done?.(result);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      busy.current = false;
      setPending(false);
    }
  }

  function sentence(name: string, issue: string | null): string {
    return explain[name] ?? (issue !== null && issues.includes(issue) ? t(`issues.${issue}`) : t("fieldInvalid"));
  }

  const wrong = failure?.kind === "fields" ? failure.fields : [];
  return {
    pending,
    failure,
    run,
    /** What is wrong, field by field, in order. */
    wrong: wrong.map(({ name, issue }) => ({ name, text: sentence(name, issue) })),
    /** Spread on a field: its name and what is wrong with it. */
    field(name: string): { name: string; error: string | undefined } {
      const found = wrong.find((field) => field.name === name);
      return { name, error: found && sentence(name, found.issue) };
    },
    props: {
      noValidate: true,
      "aria-busy": pending || undefined,
      onSubmit(event: FormEvent<HTMLFormElement>) {
        event.preventDefault();
        // A form in a dialog stands, for React's events, inside the form whose button opened it.
        event.stopPropagation();
        const { submitter } = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : { submitter: null };
        void run(new FormData(event.currentTarget, submitter));
      },
    },
  };
}

/** What `useSubmit` returns, as the parts of a form need it. */
export type SubmittedForm = Pick<ReturnType<typeof useSubmit>, "pending" | "failure" | "wrong">;
