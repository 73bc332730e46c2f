"use client";
import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { useRefusals } from "../i18n/refusals.client.ts";
import { Button } from "./button.tsx";
import type { SubmittedForm } from "./use-submit.ts";

/** The button that submits: it says when work is under way and does not fire twice. */
export function SubmitButton({
  form,
  children,
  ...rest
}: Omit<ComponentProps<typeof Button>, "form" | "type" | "pending"> & { form: SubmittedForm; children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <Button type="submit" tone="primary" pending={form.pending} {...rest}>
      {form.pending ? t("working") : children}
    </Button>
  );
}

/**
 * Why a form did not go through, focused as it appears: the fields to change as links to them, or the refusal with
 * its code, or that the session ended, with a way to sign in while everything typed stays where it is.
 */
export function FormProblem({ form, signIn, stepUp }: { form: SubmittedForm; signIn: string; stepUp?: string }) {
  const t = useTranslations("shell.form");
  const say = useRefusals();
  const box = useRef<HTMLDivElement>(null);
  const { failure, wrong } = form;
  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);
  if (!failure) return null;
  const elsewhere = (href: string, label: string) => (
    <a href={href} target="_blank" rel="noopener" className="text-brand">
      {label}
    </a>
  );
  const content = {
    fields: () => (
      <Told title={t("summary", { count: wrong.length })}>
        <ul className="list-disc ps-5">
          {wrong.map(({ name, text }) => (
            <li key={name}>
              <FieldLink name={name} text={text} />
            </li>
          ))}
        </ul>
      </Told>
    ),
    refused: () =>
      failure.kind === "refused" && (
        <Told title={t("refused")}>
          {say(failure.code, failure.condition)} <Code>{failure.code}</Code>
        </Told>
      ),
    signedOut: () => (
      <Told title={t("signedOut")}>
        {t("signedOutHint")} {elsewhere(signIn, t("signIn"))}
      </Told>
    ),
    stepUp: () => (
      <Told title={t("stepUp")}>
        {t("stepUpHint")} {stepUp && elsewhere(stepUp, t("stepUpLink"))}
      </Told>
    ),
    offline: () => <Told title={t("offline")}>{t("offlineHint")}</Told>,
    failed: () =>
      failure.kind === "failed" && (
        <Told title={t("failed")}>
          {t("failedHint")} {failure.reference && <Code>{t("reference", { id: failure.reference })}</Code>}
        </Told>
      ),
  }[failure.kind];
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rounded-md border-2 border-bad bg-surface p-3">
      {content()}
    </div>
  );
}

function Told({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <p className="font-strong text-bad">{title}</p>
      <div>{children}</div>
    </>
  );
}

const Code = ({ children }: { children: ReactNode }) => (
  <code className="font-mono text-sm text-ink-3">{children}</code>
);

/** Goes to the field itself, whose label is said before what is wrong with it. */
function FieldLink({ name, text }: { name: string; text: string }) {
  const t = useTranslations("shell.form");
  const label =
    typeof document === "undefined"
      ? null
      : document.querySelector(`label[for="field-${CSS.escape(name)}"], #field-${CSS.escape(name)} > legend`);
  return (
    <a
      href={`#field-${name}`}
      className="inline-flex min-h-(--tap) items-center text-bad"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(`field-${name}`)?.focus();
      }}
    >
      {label?.firstChild?.textContent ? t("labelled", { label: label.firstChild.textContent, text }) : text}
    </a>
  );
}
