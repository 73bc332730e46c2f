import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import type { Actor, Context, MemberActor, StaffActor } from "../core/context.ts";
import { Refusal, type RefusalStatus } from "../core/refusal.ts";
import type { Permission } from "../staff/model.ts";
import { STEP_UP_MS } from "../staff/rules.ts";
import type { Door, World } from "./door.ts";

/** What a request brings to a procedure: the context, and the door for the few that set cookies. */
export type RequestContext = Context & {
  readonly door: Door;
  /** Who is signed in, asked when a procedure needs it; absent where the actor is already known. */
  readonly sessions?: Sessions;
};

/** The sessions that one request bears. A browser may be signed in to both worlds; a procedure belongs to one. */
export type Sessions = {
  /** The world of the page that asks. */
  readonly here: World;
  staff(): Promise<StaffActor | null>;
  member(): Promise<MemberActor | null>;
};

/** Who may call a procedure. Every procedure declares one; the permission matrix is read from here. */
export type Access =
  | { readonly kind: "staff"; readonly permission: Permission; readonly stepUp: boolean }
  | { readonly kind: "member" }
  | { readonly kind: "anyone" };

const t = initTRPC
  .context<RequestContext>()
  .meta<{ access: Access }>()
  .create({
    transformer: superjson,
    sse: {
      maxDurationMs: 5 * 60_000,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
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
    .use(async ({ ctx, next }) => next({ ctx: { ...ctx, actor: await requireStaff(ctx, permission, { stepUp }) } }));

/** The only way to write a procedure for a signed-in member; it acts on that member's own data. */
export const member = () =>
  t.procedure
    .meta({ access: { kind: "member" } })
    .use(refusals)
    .use(async ({ ctx, next }) => next({ ctx: { ...ctx, actor: await requireMember(ctx) } }));

/** A procedure that anyone may call: sign-in, joining, the public rulebook. The actor is whoever is signed in here. */
export const anyone = () =>
  t.procedure
    .meta({ access: { kind: "anyone" } })
    .use(refusals)
    .use(async ({ ctx, next }) => next({ ctx: { ...ctx, actor: await actorIn(ctx, ctx.sessions?.here) } }));

async function actorIn(ctx: RequestContext, world: World | undefined): Promise<Actor> {
  if (ctx.sessions === undefined || world === undefined) return ctx.actor;
  return (await ctx.sessions[world]()) ?? { kind: "visitor" };
}

/** Who of the staff asks, if they may. Refuses: SIGN_IN_REQUIRED, PERMISSION_MISSING, STEP_UP_REQUIRED. */
export async function requireStaff(
  ctx: RequestContext,
  permission: Permission,
  { stepUp = false } = {},
): Promise<StaffActor> {
  const actor = await actorIn(ctx, "staff");
  if (actor.kind !== "staff") throw new Refusal("SIGN_IN_REQUIRED", {}, "unauthenticated");
  if (actor.steppedUpAt === null && permission !== "account:self") {
    throw new Refusal("SECOND_FACTOR_REQUIRED", {}, "forbidden");
  }
  if (!actor.permissions.has(permission)) throw new Refusal("PERMISSION_MISSING", { permission }, "forbidden");
  const age = actor.steppedUpAt === null ? Number.POSITIVE_INFINITY : ctx.now.getTime() - actor.steppedUpAt.getTime();
  if (stepUp && age > STEP_UP_MS) throw new Refusal("STEP_UP_REQUIRED", {}, "forbidden");
  return actor;
}

async function requireMember(ctx: RequestContext): Promise<MemberActor> {
  const actor = await actorIn(ctx, "member");
  if (actor.kind !== "member") throw new Refusal("SIGN_IN_REQUIRED", {}, "unauthenticated");
  return actor;
}

function fieldsOf(cause: unknown): string[] {
  if (!(cause instanceof Error) || !("issues" in cause) || !Array.isArray(cause.issues)) return [];
  return cause.issues.map((issue: { path?: unknown[] }) => (issue.path ?? []).join("."));
}
