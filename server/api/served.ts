import type { IncomingMessage, ServerResponse } from "node:http";

/** What a request turned out to ask for, as log and metrics may know it: the route's pattern, and a refusal's code. */
export type Served = { readonly route: string; readonly code: string | null };

/** Answers a request that has been examined. */
export type Handler = (request: IncomingMessage, response: ServerResponse, requestId: string) => Promise<Served>;

/** Told of failures that are nobody's refusal. */
export type OnError = (reason: unknown, requestId: string) => void;
