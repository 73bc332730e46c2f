"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";

type Messages = Awaited<ReturnType<typeof trpc.members.phones.outbox.query>>;

/** The demo's messages, on screen instead of on a phone. Looks every second while it is shown. */
export function Outbox({ fill }: { fill: (code: string) => void }) {
  const t = useTranslations("members.join");
  const [messages, setMessages] = useState<Messages>([]);
  useEffect(() => {
    const look = () => void trpc.members.phones.outbox.query().then(setMessages, () => undefined);
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, []);
  const [newest] = messages;
  return (
    <section aria-label={t("outbox")} className="grid gap-2 rounded-md border border-dashed border-control p-3">
      <p className="text-sm text-ink-2">{t("outboxHint")}</p>
      <div role="status" className="flex flex-wrap items-center gap-2">
        {newest === undefined ? (
          t("outboxWaiting")
        ) : (
          <>
            <span>{t("outboxText", { phone: newest.phone, code: newest.code })}</span>
            <Button size="sm" onClick={() => fill(newest.code)}>
              {t("fill")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
