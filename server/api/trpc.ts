import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import type { Context, MemberActor, StaffActor } from "../core/context.ts";
import { Refusal, type RefusalStatus } from "../core/refusal.ts";
import type { Permission } from "../staff/model.ts";
import type { Door } from "./door.ts";

/** What a request brings to a procedure: the context, and the door for the few that set cookies. */
export type RequestContext = Context & { readonly door: Door };

/** Who may call a procedure. Every procedure declares one; the permission matrix is read from here. */
export type Access =
  | { readonly kind: "staff"; readonly permission: Permission; readonly stepUp: boolean }
  | { readonly kind: "member" }
  | { readonly kind: "anyone" };

/** How long a shown second factor covers the acts that ask for one (5 minutes). */
export const STEP_UP_MS = 5 * 60_000;

const t = initTRPC
  .context<RequestContext>()
  .meta<{ access: Access }>()
  .create({
    transformer: superjson,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error, ctx }) => ({
      message: error.cause instanceof Refusal ? error.cause.code : error.code,
      code: shape.code,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        refusal: error.cause instanceof Refusal ? { code: error.cause.code, condition: error.cause.condition } : null,
        /** Paths of the input fields that were refused, never their values. */
        fields: error.code === "BAD_REQUEST" ? fieldsOf(error.cause) : [],
        requestId: ctx?.requestId ?? null,
      },
    }),
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const trpcCode: Record<RefusalStatus, TRPCError["code"]> = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  missing: "NOT_FOUND",
  conflict: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  throttled: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
};

const refusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof Refusal) {
    const refusal = result.error.cause;
    throw new TRPCError({ code: trpcCode[refusal.status], message: refusal.code, cause: refusal });
  }
  return result;
});

/** The only way to write a procedure for staff. `stepUp` asks for a second factor within the last five minutes. */
export const staff = (permission: Permission, { stepUp = false } = {}) =>
  t.procedure
    .meta({ access: { kind: "staff", permission, stepUp } })
    .use(refusals)
    .use(({ ctx, next }) => next({ ctx: { ...ctx, actor: asStaff(ctx, permission, stepUp) } }));

/** The only way to write a procedure for a signed-in member; it acts on that member's own data. */
export const member = () =>
  t.procedure
    .meta({ access: { kind: "member" } })
    .use(refusals)
    .use(({ ctx, next }) => next({ ctx: { ...ctx, actor: asMember(ctx) } }));

/** A procedure that anyone may call: sign-in, joining, the public rulebook. */
export const anyone = () => t.procedure.meta({ access: { kind: "anyone" } }).use(refusals);

function asStaff(ctx: Context, permission: Permission, stepUp: boolean): StaffActor {
  const { actor } = ctx;
  if (actor.kind !== "staff") throw new Refusal("SIGN_IN_REQUIRED", {}, "unauthenticated");
  if (!actor.permissions.has(permission)) throw new Refusal("PERMISSION_MISSING", { permission }, "forbidden");
  const age = actor.steppedUpAt === null ? Number.POSITIVE_INFINITY : ctx.now.getTime() - actor.steppedUpAt.getTime();
  if (stepUp && age > STEP_UP_MS) throw new Refusal("STEP_UP_REQUIRED", {}, "forbidden");
  return actor;
}

function asMember(ctx: Context): MemberActor {
  if (ctx.actor.kind !== "member") throw new Refusal("SIGN_IN_REQUIRED", {}, "unauthenticated");
  return ctx.actor;
}

function fieldsOf(cause: unknown): string[] {
  if (!(cause instanceof Error) || !("issues" in cause) || !Array.isArray(cause.issues)) return [];
  return cause.issues.map((issue: { path?: unknown[] }) => (issue.path ?? []).join("."));
}
