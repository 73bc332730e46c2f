"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { refusalOf } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { Outbox } from "./outbox.tsx";

/** A number may be asked for again after a minute. */
const AGAIN_SECONDS = 60;

/** A phone, then the code that was sent to it. */
export function PhoneCode({
  showsOutbox,
  send,
  check,
  done,
}: {
  showsOutbox: boolean;
  send: (phone: string) => Promise<unknown>;
  check: (given: { phone: string; code: string; card?: string }) => Promise<unknown>;
  done: () => void;
}) {
  const t = useTranslations("members.join");
  const [phone, setPhone] = useState<string | null>(null);
  const [card, setCard] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const [wait, again] = useCountdown();
  const ask = useSubmit({
    send: async (data) => {
      const typed = phone ?? String(data.get("phone"));
      if (data.has("card")) setCard(String(data.get("card")));
      await send(typed);
      return typed;
    },
    done: (typed) => {
      setPhone(typed);
      again();
    },
    explain: { phone: t("numberInvalid") },
  });
  const enter = useSubmit({
    send: (data) =>
      check({ phone: phone ?? "", code: String(data.get("code")), ...(card ? { card } : {}) }).catch((reason) => {
        if (refusalOf(reason).code === "CARD_NUMBER_NEEDED") {
          setCard(card ?? "");
          setPhone(null);
        }
        throw reason;
      }),
    done,
    explain: { code: t("codeInvalid") },
  });
  if (phone === null) {
    return (
      <form {...ask.props} className="grid gap-3">
        <FormProblem form={ask} signIn="/join" />
        {card !== null && (
          <Notice tone="warn" live>
            {t("cardNeeded")}
          </Notice>
        )}
        <TextField
          {...ask.field("phone")}
          label={t("number")}
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          maxLength={24}
          required
        />
        {card !== null && (
          <TextField name="card" label={t("card")} inputMode="numeric" autoComplete="off" maxLength={24} required />
        )}
        <SubmitButton form={ask} size="wide" tone="plain">
          {t("send")}
        </SubmitButton>
      </form>
    );
  }
  return (
    <div className="grid gap-3">
      <p role="status">{t("sentTo")}</p>
      <form {...enter.props} className="grid gap-3">
        <FormProblem form={enter} signIn="/join" />
        <TextField
          {...enter.field("code")}
          ref={field}
          label={t("code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={16}
          autoFocus
          required
        />
        <SubmitButton form={enter} size="wide">
          {t("submit")}
        </SubmitButton>
      </form>
      <FormProblem form={ask} signIn="/join" />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" pending={ask.pending} disabled={wait > 0} onClick={() => ask.run()}>
          {wait > 0 ? t("againIn", { seconds: wait }) : t("again")}
        </Button>
        <Button size="sm" tone="quiet" onClick={() => setPhone(null)}>
          {t("other")}
        </Button>
      </div>
      {showsOutbox && (
        <Outbox
          fill={(code) => {
            if (field.current) field.current.value = code;
            field.current?.focus();
          }}
        />
      )}
    </div>
  );
}

/** Seconds left, and how to begin again. */
function useCountdown(): [number, () => void] {
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return [left, () => setUntil(performance.now() + AGAIN_SECONDS * 1000)];
}
