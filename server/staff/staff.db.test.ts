import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { staff, staffPasskeys, staffRoles } from "#db/schema/staff.ts";
import { freshDatabase, rawSql, testContext } from "#db/testing.ts";
import type { Context, StaffActor } from "../core/context.ts";
import { softwareAuthenticator } from "../core/passkeys/testing.ts";
import type { Visit } from "../core/visit.ts";
import * as factors from "./factors/service.ts";
import { totpCode } from "./factors/totp.ts";
import * as invitations from "./invitations/service.ts";
import type { Role } from "./model.ts";
import { changePassword } from "./passwords/service.ts";
import { account, list, me } from "./queries.ts";
import * as roles from "./roles/service.ts";
import { endOtherSessions, endSession, resolveStaff } from "./service.ts";
import * as signIn from "./sign-in/service.ts";

const db = await freshDatabase();
const start = new Date("2026-06-15T04:00:00Z");
const MINUTE = 60_000;
const PASSWORD = "correct horse battery";
const plus = (ms: number) => new Date(start.getTime() + ms);
const at = (ms: number) => testContext(db, { actor: { kind: "visitor" }, now: plus(ms) });

function visit(): Visit {
  return {
    addressGroup: randomUUID(),
    browserId: randomUUID(),
    device: "Edge · Windows",
    origin: "https://desk.example",
  };
}

async function actorOf(token: string, ms = 0): Promise<StaffActor> {
  const actor = await resolveStaff({ db, now: plus(ms) }, token);
  if (actor === null) throw new Error("nobody holds this token");
  return actor;
}

/** The context of whoever holds the token at an instant. */
async function as(token: string, ms = 0): Promise<Context<StaffActor>> {
  return { ...at(ms), actor: await actorOf(token, ms) };
}

/** Somebody who accepted an invitation at the start and enrolled an authenticator with the code of that instant. */
async function join(...held: Role[]) {
  const email = `${randomUUID()}@example.com`;
  const { token: link } = await invitations.invite(testContext(db, { now: start }), { email, roles: held });
  const accepted = await invitations.accept(at(0), visit(), { token: link, name: "林", password: PASSWORD });
  const { secret, pending } = await factors.startTotp(await as(accepted.token));
  const { token } = await factors.confirmTotp(await as(accepted.token), { pending, code: totpCode(secret, start) });
  const { id } = await actorOf(token);
  return { id, email, secret, token, link };
}

/** A later sign-in by password, before any second factor. */
async function knock(email: string, ms: number, password = PASSWORD): Promise<string> {
  return (await signIn.signIn(at(ms), visit(), { email, password })).token;
}

async function recorded(action: string, outcome: "done" | "refused"): Promise<number> {
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.action, action));
  return entries.filter((entry) => entry.outcome === outcome).length;
}

// The house always has an owner, so that tests about owners start from two.
const first = await join("owner");

describe("invitations", () => {
  test("a link makes one member of staff, with the roles it was made for", async () => {
    const { id, link } = await join("operator", "auditor");
    expect((await list(at(0))).find((person) => person.id === id)).toMatchObject({
      name: "林",
      state: "active",
      roles: ["operator", "auditor"],
      totp: true,
      email: expect.stringMatching(/^.\*{3}@example\.com$/),
    });
    expect(await invitations.look(at(0), { token: link })).toBeNull();
    const again = invitations.accept(at(0), visit(), { token: link, name: "二", password: PASSWORD });
    await expect(again).rejects.toMatchObject({ code: "INVITATION_CLOSED" });
  });

  test("the same link accepted 10 times at once makes one person", async () => {
    const email = `${randomUUID()}@example.com`;
    const { token } = await invitations.invite(testContext(db, { now: start }), { email, roles: ["storeStaff"] });
    const before = await db.$count(staff);
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => invitations.accept(at(0), visit(), { token, name: "林", password: PASSWORD })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.$count(staff)).toBe(before + 1);
  });

  test("expired, withdrawn, replaced and invented links are closed; a weak password keeps the link", async () => {
    const email = `${randomUUID()}@example.com`;
    const system = testContext(db, { now: start });
    const older = await invitations.invite(system, { email, roles: ["operator"] });
    const newer = await invitations.invite(system, { email, roles: ["operator"] });
    const accept = (token: string, ms = 0, password = PASSWORD) =>
      invitations.accept(at(ms), visit(), { token, name: "林", password });
    await expect(accept(older.token)).rejects.toMatchObject({ code: "INVITATION_CLOSED" });
    await expect(accept("A".repeat(43))).rejects.toMatchObject({ code: "INVITATION_CLOSED" });
    await expect(accept(newer.token, 73 * 60 * MINUTE)).rejects.toMatchObject({ code: "INVITATION_CLOSED" });
    await expect(accept(newer.token, 0, "password1234")).rejects.toMatchObject({ code: "PASSWORD_COMMON" });
    await accept(newer.token);
    await expect(invitations.invite(system, { email, roles: ["owner"] })).rejects.toMatchObject({
      code: "EMAIL_IN_USE",
    });
  });

  test("neither e-mail nor token is stored in clear", async () => {
    const { email, link } = await join("operator");
    for (const table of ["staff", "staff_invitations", "staff_sessions", "audit_entries", "limit_counters"]) {
      const rows = await rawSql(db, `SELECT * FROM ${table}`);
      const text = rows
        .flatMap((row) => Object.values(row))
        .map((value) => (Buffer.isBuffer(value) ? value.toString("latin1") : String(value)))
        .join("\n");
      expect(text).not.toContain(email);
      expect(text).not.toContain(link);
    }
  });
});

describe("signing in", () => {
  test("a password alone opens nothing but showing the second factor", async () => {
    const { email, secret } = await join("owner");
    const token = await knock(email, 5 * MINUTE);
    const ctx = await as(token, 5 * MINUTE);
    expect([...ctx.actor.permissions]).toEqual(["account:self"]);
    expect((await me(ctx)).stage).toBe("secondFactor");
    await expect(account(ctx)).rejects.toMatchObject({ code: "SECOND_FACTOR_REQUIRED" });
    await expect(endOtherSessions(ctx)).rejects.toMatchObject({ code: "SECOND_FACTOR_REQUIRED" });
    await expect(factors.startTotp(ctx)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    await expect(factors.startNewPasskey(ctx, visit())).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });

    const shown = await factors.showTotp(ctx, { code: totpCode(secret, plus(5 * MINUTE)) });
    expect(shown.token).not.toBe(token);
    expect(await resolveStaff({ db, now: plus(5 * MINUTE) }, token)).toBeNull();
    expect((await actorOf(shown.token, 5 * MINUTE)).permissions.has("staff:assign")).toBe(true);
  });

  test("unknown e-mail, wrong password and suspended account look the same and are recorded", async () => {
    const gone = await join("auditor");
    await roles.suspend(await as(first.token), { staffId: gone.id });
    const before = await recorded("staff.signIn", "refused");
    const { email } = await join("auditor");
    const failures = await Promise.allSettled([
      knock(`${randomUUID()}@example.com`, 0),
      knock(email, 0, "wrong horse battery"),
      knock(gone.email, 0),
    ]);
    const refusal = { code: "CREDENTIALS_WRONG", condition: {}, status: "unauthenticated" };
    expect(failures).toMatchObject(failures.map(() => ({ status: "rejected", reason: refusal })));
    expect(await recorded("staff.signIn", "refused")).toBe(before + 3);
  });

  test("an unknown e-mail costs as much work as a wrong password", async () => {
    const { email } = await join("auditor");
    // Of the processor, not by the clock: a busy machine changes the one, not the other.
    const workOf = async (who: () => string) => {
      const spent: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        const from = process.cpuUsage();
        await knock(who(), n * 16 * MINUTE, "wrong horse battery").catch(() => undefined);
        const { user, system } = process.cpuUsage(from);
        spent.push(user + system);
      }
      return spent.sort((a, b) => a - b)[3] ?? 0;
    };
    const known = await workOf(() => email);
    const unknown = await workOf(() => `${randomUUID()}@example.com`);
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(known, unknown) * 0.6);
  });

  test("ten wrong passwords make an account wait, not its passkey; right ones do not count", async () => {
    const { email, token } = await join("operator");
    for (let n = 0; n < 12; n += 1) await knock(email, n);
    const here = visit();
    const device = softwareAuthenticator(here.origin);
    const ctx = await as(token);
    await factors.finishNewPasskey(ctx, here, device.create(await factors.startNewPasskey(ctx, here)));
    for (let n = 0; n < 10; n += 1) await knock(email, 1000 + n, "wrong horse battery").catch(() => undefined);
    await expect(knock(email, 2000)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS", status: "throttled" });
    const opened = await signIn.finishPasskey(at(2000), here, device.get(await signIn.startPasskey(at(2000), here)));
    expect((await actorOf(opened.token, 2000)).permissions.has("offer:draft")).toBe(true);
    await knock(email, 16 * MINUTE);
  });

  test("rotating through one /64 does not help", async () => {
    const here = visit();
    const tries = await Promise.allSettled(
      Array.from({ length: 60 }, () =>
        signIn.signIn(at(0), here, { email: `${randomUUID()}@example.com`, password: PASSWORD }),
      ),
    );
    const codes = tries.map((tried) => (tried.status === "rejected" ? tried.reason.code : "in"));
    expect(codes.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(10);
  });

  test("a passkey without user verification, or of another world, is refused", async () => {
    const { token } = await join("operator");
    const here = visit();
    const device = softwareAuthenticator(here.origin);
    const ctx = await as(token);
    const shown = await factors.finishNewPasskey(ctx, here, device.create(await factors.startNewPasskey(ctx, here)));
    const unverified = device.get(await signIn.startPasskey(at(0), here), { userVerified: false });
    await expect(signIn.finishPasskey(at(0), here, unverified)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });
    const forStepUp = device.get(await factors.startPasskey(await as(shown.token), here));
    await expect(signIn.finishPasskey(at(0), here, forStepUp)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });
    expect(await db.$count(staffPasskeys, eq(staffPasskeys.credentialId, device.credentialId))).toBe(1);
  });
});

describe("second factors", () => {
  test("an authenticator code counts once, and older ones never again", async () => {
    const { email, secret } = await join("operator");
    const later = 10 * MINUTE;
    const code = totpCode(secret, plus(later));
    const show = async (ms: number, typed: string) =>
      factors.showTotp(await as(await knock(email, ms), ms), { code: typed });
    await show(later, code);
    await expect(show(later + 1000, code)).rejects.toMatchObject({ code: "CODE_REJECTED" });
    await expect(show(later + 1000, totpCode(secret, plus(later - 30_000)))).rejects.toMatchObject({
      code: "CODE_REJECTED",
    });
    await show(later + 30_000, totpCode(secret, plus(later + 30_000)));
  });

  test("one code shown 10 times at once counts once", async () => {
    const { email, secret } = await join("operator");
    const ctx = await as(await knock(email, 5 * MINUTE), 5 * MINUTE);
    const code = totpCode(secret, plus(5 * MINUTE));
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => factors.showTotp(ctx, { code })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("five wrong codes make it wait", async () => {
    const { email } = await join("operator");
    const ctx = await as(await knock(email, 0));
    for (let n = 0; n < 5; n += 1) await factors.showTotp(ctx, { code: "000000" }).catch(() => undefined);
    await expect(factors.showTotp(ctx, { code: "000000" })).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  });

  test("a new factor needs the old one just shown, and ends every other session", async () => {
    const { email, secret, token } = await join("operator");
    const other = await factors.showTotp(await as(await knock(email, 3 * MINUTE), 3 * MINUTE), {
      code: totpCode(secret, plus(3 * MINUTE)),
    });
    await expect(factors.startTotp(await as(token, 6 * MINUTE))).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    const ctx = await as(other.token, 6 * MINUTE);
    const { secret: fresh, pending } = await factors.startTotp(ctx);
    await expect(factors.confirmTotp(ctx, { pending, code: "000000" })).rejects.toMatchObject({
      code: "CODE_REJECTED",
    });
    const kept = await factors.confirmTotp(ctx, { pending, code: totpCode(fresh, plus(6 * MINUTE)) });
    expect(await resolveStaff({ db, now: plus(6 * MINUTE) }, token)).toBeNull();
    expect((await account(await as(kept.token, 6 * MINUTE))).sessions).toHaveLength(1);
  });

  test("a pending secret is nothing to anybody else, nor after a quarter of an hour", async () => {
    const [mine, theirs] = [await join("operator"), await join("operator")];
    const { secret, pending } = await factors.startTotp(await as(mine.token));
    const code = totpCode(secret, start);
    await expect(factors.confirmTotp(await as(theirs.token), { pending, code })).rejects.toMatchObject({
      code: "CODE_REJECTED",
    });
    const late = { ...(await as(mine.token)), now: plus(16 * MINUTE) };
    const stepped = { ...late, actor: { ...late.actor, steppedUpAt: late.now } };
    await expect(factors.confirmTotp(stepped, { pending, code: totpCode(secret, late.now) })).rejects.toMatchObject({
      code: "CODE_REJECTED",
    });
  });

  test("the last factor stays, and a lost one is reset by somebody else", async () => {
    const { id, email, token } = await join("operator");
    await expect(factors.removeTotp(await as(token))).rejects.toMatchObject({ code: "LAST_FACTOR" });
    await expect(roles.resetFactors(await as(token), { staffId: id })).rejects.toMatchObject({ code: "NOT_YOURSELF" });
    await roles.resetFactors(await as(first.token), { staffId: id });
    expect(await resolveStaff({ db, now: start }, token)).toBeNull();
    expect((await me(await as(await knock(email, 0)))).stage).toBe("enrol");
  });
});

describe("sessions, roles and states", () => {
  test("a session ends by sign-out, by 30 idle minutes and by 12 hours, and not by another's hand", async () => {
    const { token } = await join("operator");
    const stranger = await join("operator");
    const { sessionId } = await actorOf(token);
    await expect(endSession(await as(stranger.token), { sessionId })).rejects.toMatchObject({
      code: "STAFF_SESSION_NOT_FOUND",
    });
    for (let minute = 25; minute < 12 * 60; minute += 25) await actorOf(token, minute * MINUTE);
    expect(await resolveStaff({ db, now: plus(12 * 60 * MINUTE) }, token)).toBeNull();
    expect(await resolveStaff({ db, now: plus(31 * MINUTE) }, stranger.token)).toBeNull();
    const leaving = await as(stranger.token);
    await endSession(leaving, { sessionId: leaving.actor.sessionId });
    expect(await resolveStaff({ db, now: start }, stranger.token)).toBeNull();
  });

  test("roles and suspension take effect on the next call", async () => {
    const { id, token } = await join("operator");
    const owner = await as(first.token);
    await roles.assign(owner, { staffId: id, roles: ["storeStaff"] });
    expect([...(await actorOf(token)).permissions].sort()).toEqual(["account:self", "benefit:redeem"]);
    await roles.suspend(owner, { staffId: id });
    expect(await resolveStaff({ db, now: start }, token)).toBeNull();
    await roles.reinstate(owner, { staffId: id });
    expect(await resolveStaff({ db, now: start }, token)).toBeNull();
    expect(await recorded("staff.assign", "done")).toBeGreaterThan(0);
  });

  test("there is always an owner, even when two remove each other at once", async () => {
    const everyOwner = await db.select({ id: staffRoles.staffId }).from(staffRoles).where(eq(staffRoles.role, "owner"));
    const owner = await as(first.token);
    for (const { id } of everyOwner) {
      if (id !== first.id) await roles.assign(owner, { staffId: id, roles: ["auditor"] });
    }
    await expect(roles.assign(owner, { staffId: first.id, roles: ["auditor"] })).rejects.toMatchObject({
      code: "LAST_OWNER",
    });
    expect((await actorOf(first.token)).roles).toEqual(["owner"]);

    const second = await join("owner");
    const [one, other] = [await as(first.token), await as(second.token)];
    const tries = await Promise.allSettled([
      roles.suspend(one, { staffId: second.id }),
      roles.assign(other, { staffId: first.id, roles: ["auditor"] }),
    ]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const people = await list(at(0));
    expect(people.filter(({ state, roles: held }) => state === "active" && held.includes("owner"))).toHaveLength(1);
  });

  test("a changed password needs the old one and ends every other session", async () => {
    const { email, secret, token } = await join("operator");
    const other = await factors.showTotp(await as(await knock(email, MINUTE), MINUTE), {
      code: totpCode(secret, plus(MINUTE)),
    });
    const ctx = await as(token, MINUTE);
    const next = "一从二令三人木哭向金陵";
    await expect(changePassword(ctx, { current: "wrong horse battery", next })).rejects.toMatchObject({
      code: "PASSWORD_WRONG",
    });
    await expect(changePassword(ctx, { current: PASSWORD, next: "password1234" })).rejects.toMatchObject({
      code: "PASSWORD_COMMON",
    });
    await expect(changePassword(ctx, { current: PASSWORD, next: "一从二令三人木" })).rejects.toMatchObject({
      code: "PASSWORD_SHORT",
    });
    await changePassword(ctx, { current: PASSWORD, next: `${next}哭向` });
    expect(await resolveStaff({ db, now: plus(MINUTE) }, other.token)).toBeNull();
    await expect(knock(email, 2 * MINUTE)).rejects.toMatchObject({ code: "CREDENTIALS_WRONG" });
    await knock(email, 2 * MINUTE, `${next}哭向`);
  });
});
