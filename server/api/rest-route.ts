import type { z } from "zod";
import type { Actor, Context } from "../core/context.ts";
import type { Scope } from "../staff/api-keys/model.ts";

/** The context of a REST call: an API key acts, never a person. */
export type ApiContext = Context<Extract<Actor, { kind: "apiKey" }>>;

/** A file that was streamed to disk before the route was asked. */
export type Upload = {
  readonly uploadId: string;
  readonly sha256: string;
  readonly bytes: number;
};

type Declaration = {
  readonly method: "GET" | "POST";
  /** Below `/api/v1`; a parameter is written `{name}` and arrives in the input under that name. */
  readonly path: `/${string}`;
  readonly scope: Scope;
  /** One line of the OpenAPI document. */
  readonly summary: string;
  /** The status of a success; 200 when not said. */
  readonly status?: 200 | 201 | 202;
};

/** One route of `/api/v1`, as `rest.ts` serves it and the OpenAPI document describes it. */
export type RestRoute = Declaration & {
  /** GET: path and query parameters together; POST: the JSON body, or the text fields beside the file. */
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** True when the body is multipart/form-data with one part named `file`. */
  readonly takesFile: boolean;
  /** Parses what came from outside, once, and answers. Throws ZodError for a bad input, Refusal for a "no". */
  answer(ctx: ApiContext, raw: unknown, upload: Upload | null): Promise<unknown>;
};

/**
 * Declares a route with a JSON body or none. With an `Idempotency-Key` its effect must be one `ctx.db.transact`: the
 * stored answer commits with it.
 */
export function restRoute<I extends z.ZodType, O extends z.ZodType>(
  route: Declaration & {
    readonly input: I;
    readonly output: O;
    handle(ctx: ApiContext, input: z.output<I>): Promise<z.input<O>>;
  },
): RestRoute {
  const { handle, ...declaration } = route;
  return {
    ...declaration,
    takesFile: false,
    answer: async (ctx, raw) => handle(ctx, route.input.parse(raw)),
  };
}

/** Declares a route that takes one file: `handle` gets it by the id under which it was stored. */
export function restUpload<I extends z.ZodType, O extends z.ZodType>(
  route: Omit<Declaration, "method"> & {
    readonly input: I;
    readonly output: O;
    handle(ctx: ApiContext, fields: z.output<I>, upload: Upload): Promise<z.input<O>>;
  },
): RestRoute {
  const { handle, ...declaration } = route;
  return {
    ...declaration,
    method: "POST",
    takesFile: true,
    answer: async (ctx, raw, upload) => {
      if (upload === null) throw new Error("a route that takes a file was asked without one");
      return handle(ctx, route.input.parse(raw), upload);
    },
  };
}
