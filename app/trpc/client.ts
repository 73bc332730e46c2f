"use client";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "#server/api/root.ts";
import { stepUpLink } from "./step-up-link.ts";

const url = "/api/trpc";

/** The procedures, from the browser. Calls of one moment share a request; subscriptions are server-sent events. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    stepUpLink,
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url, transformer: superjson }),
      false: httpBatchLink({ url, transformer: superjson, maxItems: 10, maxURLLength: 4_000 }),
    }),
  ],
});

export type Refused = {
  readonly code: string;
  readonly condition: Readonly<Record<string, string | number>>;
  /** Paths of the input fields that were refused. */
  readonly fields: readonly string[];
};

/** What a failed call was refused for; `OFFLINE` when it did not arrive, `INTERNAL` when it is our fault. */
export function refusalOf(reason: unknown): Refused {
  if (!isClientError(reason) || !reason.data) return { code: "OFFLINE", condition: {}, fields: [] };
  const { refusal, fields, code } = reason.data;
  if (refusal !== null) return { ...refusal, fields };
  return { code: code === "BAD_REQUEST" ? "INPUT_INVALID" : "INTERNAL", condition: {}, fields };
}

function isClientError(reason: unknown): reason is TRPCClientError<AppRouter> {
  return reason instanceof TRPCClientError;
}
