import { globSync, readFileSync } from "node:fs";
import { initTRPC, TRPCError } from "@trpc/server";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { staff, staffRoles, staffSessions } from "#db/schema/staff.ts";
import { freshDatabase, testContext } from "#db/testing.ts";
import { appRouter, createCaller } from "./api/root.ts";
import type { Access, RequestContext } from "./api/trpc.ts";
import type { Actor } from "./core/context.ts";
import { Refusal } from "./core/refusal.ts";
import { hashToken } from "./core/token.ts";
import { create, openSession as openMemberSession, resolveMember } from "./members/service.ts";
import { type Role, roles } from "./staff/model.ts";
import { rolePermissions } from "./staff/rules.ts";
import { openSession as openStaffSession, resolveStaff } from "./staff/service.ts";

const statuses = ["active", "staleSecondFactor", "noSecondFactor", "suspended", "signedOut"] as const;
type Status = (typeof statuses)[number];

/** Who asks: real sessions in a real database, resolved as every request resolves them. */
type Asker = { readonly name: string; readonly token?: string; readonly actor?: Actor; readonly staff?: StaffAsker };
type StaffAsker = { readonly role: Role; readonly status: Status };

type Answer = { readonly door: "in" | "UNAUTHORIZED" | "FORBIDDEN"; readonly code?: string };
type Declared = { readonly path: string; readonly access: Access };

const db = await freshDatabase();
const ctx = testContext(db);
/** A database that only says that it was reached: whoever gets that far was let in. */
const unreachable: Db = new Proxy(db, {
  get() {
    throw new Error("reached the database");
  },
});
const procedures: Readonly<Record<string, unknown>> = appRouter._def.procedures;
const declared = Object.entries(procedures).flatMap(([path, procedure]): Declared[] => {
  const access = accessOf(procedure);
  return access === null ? [] : [{ path, access }];
});
const askers: readonly Asker[] = [
  { name: "visitor" },
  { name: "API key", actor: { kind: "apiKey", id: ctx.newId(), scopes: new Set(["quotes", "orders"]) } },
  { name: "member", token: await memberToken("active") },
  { name: "closed member", token: await memberToken("closed") },
  ...(await Promise.all(
    roles.flatMap((role) =>
      statuses.map(async (status) => ({
        name: `${role}, ${status}`,
        token: await staffToken(role, status),
        staff: { role, status },
      })),
    ),
  )),
];

test("every procedure declares who may call it", () => {
  expect(Object.keys(procedures).filter((path) => accessOf(procedures[path]) === null)).toEqual([]);
  const t = initTRPC.create();
  expect(accessOf(t.procedure.query(() => 1))).toBeNull();
});

test("a procedure can be written through staff(), member() and anyone() alone", () => {
  const strays = globSync("{server,app,db}/**/*.{ts,tsx}")
    .filter((file) => !file.endsWith(".test.ts") && file !== "server/api/trpc.ts")
    .filter((file) => /\binitTRPC\b/.test(readFileSync(file, "utf8")));
  expect(strays).toEqual([]);
});

describe(`the matrix of ${declared.length} procedures and ${askers.length} askers`, () => {
  test.each(askers)("$name", async (asker) => {
    const answers = await Promise.all(
      declared.map(async ({ path, access }) => ({
        path,
        ...(await ask(path, asker)),
        expected: expected(access, asker),
      })),
    );
    // Some acts on one's own account wait for the second factor inside the service.
    const wrong = answers.filter(
      ({ door, code, expected: right }) => door !== right && !(right === "in" && code === "SECOND_FACTOR_REQUIRED"),
    );
    expect(wrong).toEqual([]);
  });
});

/** What the permission sets say. Authorisation comes before the input is looked at: every call is made with none. */
function expected(access: Access, asker: Asker): Answer["door"] {
  if (access.kind === "anyone") return "in";
  if (access.kind === "member") return asker.name === "member" ? "in" : "UNAUTHORIZED";
  if (asker.staff === undefined) return "UNAUTHORIZED";
  const { role, status } = asker.staff;
  if (status === "suspended" || status === "signedOut") return "UNAUTHORIZED";
  if (access.stepUp && status !== "active") return "FORBIDDEN";
  if (status === "noSecondFactor") return access.permission === "account:self" ? "in" : "FORBIDDEN";
  return rolePermissions(role).has(access.permission) ? "in" : "FORBIDDEN";
}

/** Calls the procedure as the asker, with a database that only says that it was reached. */
async function ask(path: string, asker: Asker): Promise<Answer> {
  const now = ctx.now;
  const context: RequestContext = {
    ...ctx,
    actor: asker.actor ?? { kind: "visitor" },
    db: unreachable,
    door: {
      addressGroup: "203.0.113.7",
      browserId: "b",
      device: "?",
      origin: "https://desk.example",
      locale: "zh-CN",
      setSession: () => undefined,
    },
    sessions: asker.actor
      ? undefined
      : {
          here: asker.staff ? "staff" : "member",
          staff: async () => (asker.token ? resolveStaff({ db, now }, asker.token) : null),
          member: async () => (asker.token ? resolveMember({ db, now }, asker.token) : null),
        },
  };
  const caller: unknown = createCaller(context);
  const call = path.split(".").reduce<unknown>((node, name) => Reflect.get(Object(node), name), caller);
  if (typeof call !== "function") throw new Error(`${path} cannot be called`);
  try {
    await call();
    return { door: "in" };
  } catch (reason) {
    if (!(reason instanceof TRPCError)) throw reason;
    const code = reason.cause instanceof Refusal ? reason.cause.code : undefined;
    return { door: reason.code === "UNAUTHORIZED" || reason.code === "FORBIDDEN" ? reason.code : "in", code };
  }
}

function accessOf(procedure: unknown): Access | null {
  const meta: unknown = Reflect.get(Object(Reflect.get(Object(procedure), "_def")), "meta");
  const access: unknown = Reflect.get(Object(meta), "access");
  return isAccess(access) ? access : null;
}

function isAccess(access: unknown): access is Access {
  return ["staff", "member", "anyone"].includes(Reflect.get(Object(access), "kind"));
}

async function memberToken(state: "active" | "closed"): Promise<string> {
  return db.transact(async (tx) => {
    const { id } = await create(tx, ctx);
    await tx.update(members).set({ state }).where(eq(members.id, id));
    return (await openMemberSession(tx, ctx, id, "?")).token;
  });
}

async function staffToken(role: Role, status: Status): Promise<string> {
  return db.transact(async (tx) => {
    const id = ctx.newId<"staff">();
    await tx.insert(staff).values({
      id,
      name: role,
      emailSealed: Buffer.alloc(1),
      emailIndex: hashToken(id),
      state: status === "suspended" ? "suspended" : "active",
      passwordHash: "",
      createdAt: ctx.now,
    });
    await tx.insert(staffRoles).values({ staffId: id, role, assignedAt: ctx.now });
    const { token, sessionId } = await openStaffSession(tx, ctx, { staffId: id, device: "?", steppedUp: true });
    const minuteAgo = (minutes: number) => new Date(ctx.now.getTime() - minutes * 60_000);
    const steppedUpAt = status === "noSecondFactor" ? null : minuteAgo(status === "staleSecondFactor" ? 6 : 1);
    const endedAt = status === "signedOut" ? ctx.now : null;
    await tx.update(staffSessions).set({ steppedUpAt, endedAt }).where(eq(staffSessions.id, sessionId));
    return token;
  });
}
