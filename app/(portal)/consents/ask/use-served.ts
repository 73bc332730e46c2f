"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { PurposeOf, ServedId } from "#server/consents/model.ts";

/**
 * Records once that this notice stands on the screen; until then there is nothing to answer. Where another one has come
 * into force meanwhile, the page is drawn again with that, and that is recorded.
 */
export function useServed(asked: PurposeOf, noticeHash: string) {
  const router = useRouter();
  const [served, setServed] = useState<{ id: ServedId; noticeHash: string } | null>(null);
  const serving = useSubmit({
    send: () => trpc.consents.ledger.serve.mutate({ ...asked, channel: "portal" }),
    done: (shown) => {
      setServed({ id: shown.servedId, noticeHash: shown.noticeHash });
      if (shown.noticeHash !== noticeHash) router.refresh();
    },
  });
  const serve = () => {
    setServed(null);
    void serving.run();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a notice, whatever else is drawn anew
  useEffect(serve, [noticeHash]);
  return { servedId: served?.noticeHash === noticeHash ? served.id : null, serving, serve };
}
