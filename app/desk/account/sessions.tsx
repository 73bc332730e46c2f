"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { Id } from "#server/core/id.ts";

/** Signs another device out. */
export function EndSession({ sessionId, device }: { sessionId: Id<"staffSession">; device: string }) {
  const t = useTranslations("staff.account");
  const router = useRouter();
  const form = useSubmit({
    send: () => trpc.staff.endSession.mutate({ sessionId }),
    done: () => {
      toast(t("ended", { count: 1 }));
      router.refresh();
    },
  });
  return (
    <>
      <FormProblem form={form} signIn="/desk/sign-in" />
      <Button
        tone="quiet"
        size="sm"
        pending={form.pending}
        aria-label={`${t("end")} ${device}`}
        onClick={() => form.run()}
      >
        {t("end")}
      </Button>
    </>
  );
}

/** Signs every other device out. */
export function EndOtherSessions() {
  const t = useTranslations("staff.account");
  const router = useRouter();
  const form = useSubmit({
    send: () => trpc.staff.endOtherSessions.mutate(),
    done: ({ ended }) => {
      toast(t("ended", { count: ended }));
      router.refresh();
    },
  });
  return (
    <>
      <FormProblem form={form} signIn="/desk/sign-in" />
      <Button size="sm" pending={form.pending} onClick={() => form.run()}>
        {t("endOthers")}
      </Button>
    </>
  );
}
