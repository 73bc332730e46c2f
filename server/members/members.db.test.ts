import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { memberPasskeys, memberPhones, members, oneTimeCodes } from "#db/schema/members.ts";
import { freshDatabase, rawSql, testContext } from "#db/testing.ts";
import type { Context, MemberActor } from "../core/context.ts";
import type { Id } from "../core/id.ts";
import { softwareAuthenticator } from "../core/passkeys/testing.ts";
import type { Visit } from "../core/visit.ts";
import * as codes from "./codes/service.ts";
import * as passkeys from "./passkeys/service.ts";
import * as phones from "./phones/service.ts";
import { account } from "./queries.ts";
import { isCardNumber } from "./rules.ts";
import { endOtherSessions, endSession, resolveMember } from "./service.ts";
import type { CodeMessage } from "./sms/gateway.ts";
import { outboxGateway, outboxOf } from "./sms/outbox.ts";

const db = await freshDatabase();
const start = new Date("2026-06-15T04:00:00Z");
const MINUTE = 60_000;
let phonesMade = 0;
const newPhone = () => `+86139${String(phonesMade++ * 10_007).padStart(8, "0")}`;

function visit(changes: Partial<Visit> = {}): Visit {
  return {
    addressGroup: randomUUID(),
    browserId: randomUUID(),
    device: "Chrome · Android",
    origin: "https://members.example",
    ...changes,
  };
}

const at = (ms: number) => testContext(db, { actor: { kind: "visitor" }, now: new Date(start.getTime() + ms) });
const as = (actor: MemberActor, ms = 0): Context<MemberActor> => ({ ...at(ms), actor });

/** Has a code sent and reads it off the gateway, as the phone's holder would. */
async function codeFor(where: Visit, phone: string, purpose: codes.CodePurpose = "signIn", ms = 0): Promise<string> {
  await codes.send(at(ms), where, { phone, purpose });
  return handedOver(await newestCode(), ms);
}

async function newestCode(): Promise<Id<"oneTimeCode">> {
  const [newest] = await db.select().from(oneTimeCodes).orderBy(desc(oneTimeCodes.id)).limit(1);
  if (newest === undefined) throw new Error("no code was made");
  return newest.id;
}

async function handedOver(id: Id<"oneTimeCode">, ms: number): Promise<string> {
  const sent: CodeMessage[] = [];
  await codes.handOver(at(ms), { send: async (_, message) => void sent.push(message) }, id);
  return sent[0]?.code ?? "";
}

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function refusals(action: string): Promise<number> {
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.action, action));
  return entries.filter(({ outcome }) => outcome === "refused").length;
}

describe("joining by passkey", () => {
  test("needs no personal field, and the same passkey signs in again", async () => {
    const here = visit();
    const phone = softwareAuthenticator(here.origin);
    const { token, actor } = await passkeys.finishJoin(
      at(0),
      here,
      phone.create(await passkeys.startJoin(at(0), here)),
    );
    expect(await resolveMember({ db, now: start }, token)).toEqual(actor);
    const mine = await account(as(actor));
    expect(isCardNumber(mine.number)).toBe(true);
    expect(mine).toMatchObject({ phone: null, passkeys: [{ device: "Chrome · Android" }] });

    const elsewhere = visit();
    const again = await passkeys.finishSignIn(
      at(0),
      elsewhere,
      phone.get(await passkeys.startSignIn(at(0), elsewhere)),
    );
    expect(again.actor.id).toBe(actor.id);
    expect(again.token).not.toBe(token);
  });

  test.each([
    ["another origin", { origin: "https://evil.example" }],
    ["no user verification", { userVerified: false }],
  ])("refuses %s, records it and makes nobody", async (_, flaws) => {
    const here = visit();
    const before = await db.$count(members);
    const recorded = await refusals("member.join");
    const response = softwareAuthenticator(here.origin).create(await passkeys.startJoin(at(0), here), flaws);
    await expect(passkeys.finishJoin(at(0), here, response)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });
    expect(await db.$count(members)).toBe(before);
    expect(await refusals("member.join")).toBe(recorded + 1);
  });

  test("a challenge counts once, for its browser and purpose, for five minutes", async () => {
    const here = visit();
    const phone = softwareAuthenticator(here.origin);
    const join = phone.create(await passkeys.startJoin(at(0), here));
    await expect(passkeys.finishJoin(at(0), visit(), join)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });
    await passkeys.finishJoin(at(0), here, join);
    await expect(passkeys.finishJoin(at(0), here, join)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });

    const replayed = phone.get(await passkeys.startSignIn(at(0), here));
    await passkeys.finishSignIn(at(0), here, replayed);
    await expect(passkeys.finishSignIn(at(0), here, replayed)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });

    const late = phone.get(await passkeys.startSignIn(at(0), here));
    await expect(passkeys.finishSignIn(at(6 * MINUTE), here, late)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });

    const joinChallenge = phone.get(await passkeys.startJoin(at(0), here));
    await expect(passkeys.finishSignIn(at(0), here, joinChallenge)).rejects.toMatchObject({ code: "PASSKEY_REJECTED" });
  });

  test("a wrong signature, a counter that went back, and an unknown passkey look the same", async () => {
    const here = visit();
    const phone = softwareAuthenticator(here.origin);
    await passkeys.finishJoin(at(0), here, phone.create(await passkeys.startJoin(at(0), here)));
    await passkeys.finishSignIn(at(0), here, phone.get(await passkeys.startSignIn(at(0), here), { counter: 9 }));
    const attempts = [
      phone.get(await passkeys.startSignIn(at(0), here), { counter: 12, signature: Buffer.from("nonsense") }),
      phone.get(await passkeys.startSignIn(at(0), here), { counter: 9 }),
      softwareAuthenticator(here.origin).get(await passkeys.startSignIn(at(0), here)),
    ];
    for (const attempt of attempts) {
      await expect(passkeys.finishSignIn(at(0), here, attempt)).rejects.toMatchObject({
        code: "PASSKEY_REJECTED",
        condition: {},
        status: "unauthenticated",
      });
    }
  });
});

describe("phone and one-time code", () => {
  test("joins, then signs in as the same member; the number is nowhere in clear", async () => {
    const phone = newPhone();
    const here = visit();
    const joined = await phones.signIn(at(0), here, { phone, code: await codeFor(here, phone) });
    expect(joined.joined).toBe(true);
    const there = visit();
    const back = await phones.signIn(at(2 * MINUTE), there, {
      phone,
      code: await codeFor(there, phone, "signIn", 2 * MINUTE),
    });
    expect(back).toMatchObject({ joined: false, actor: { id: joined.actor.id } });
    expect((await account(as(joined.actor))).phone?.masked).toMatch(/^139\*{4}\d{4}$/);
    const digits = phone.slice(3);
    for (const table of ["member_phones", "one_time_codes", "jobs", "audit_entries", "limit_counters"]) {
      const rows = await rawSql(db, `SELECT * FROM ${table}`);
      const text = rows
        .flatMap((row) => Object.values(row))
        .map((value) => (Buffer.isBuffer(value) ? value.toString("latin1") : String(value)))
        .join("\n");
      expect(text).not.toContain(digits);
    }
  });

  test("asking for a code answers the same for a known and an unknown phone, and looks neither up", async () => {
    const known = newPhone();
    const here = visit();
    await phones.signIn(at(0), here, { phone: known, code: await codeFor(here, known) });
    const answers = [known, newPhone()].map((phone) =>
      codes.send(at(10 * MINUTE), visit(), { phone, purpose: "signIn" }),
    );
    const [forKnown, forUnknown] = await Promise.all(answers);
    expect(forKnown).toEqual(forUnknown);
  });

  test("a code is bound to its browser, its purpose and its phone", async () => {
    const phone = newPhone();
    const here = visit();
    const code = await codeFor(here, phone);
    await expect(phones.signIn(at(0), visit(), { phone, code })).rejects.toMatchObject({ code: "CODE_EXPIRED" });
    await expect(phones.signIn(at(0), here, { phone: newPhone(), code })).rejects.toMatchObject({
      code: "CODE_EXPIRED",
    });
    const { actor } = await phones.signIn(at(0), here, { phone, code });
    const other = newPhone();
    const signInCode = await codeFor(here, other);
    await expect(phones.add(as(actor), here, { phone: other, code: signInCode })).rejects.toMatchObject({
      code: "CODE_EXPIRED",
    });
  });

  test("five wrong tries use a code up, each recorded; five minutes end it", async () => {
    const phone = newPhone();
    const here = visit();
    const code = await codeFor(here, phone);
    const before = await refusals("member.checkCode");
    const left = [];
    for (let n = 0; n < 5; n += 1) {
      const failed = await phones.signIn(at(0), here, { phone, code: wrong(code) }).catch((reason) => reason);
      left.push(failed.condition.triesLeft ?? failed.code);
    }
    expect(left).toEqual([4, 3, 2, 1, "CODE_EXPIRED"]);
    expect(await refusals("member.checkCode")).toBe(before + 5);
    await expect(phones.signIn(at(0), here, { phone, code })).rejects.toMatchObject({ code: "CODE_EXPIRED" });

    const later = visit();
    const stale = await codeFor(later, phone, "signIn", 2 * MINUTE);
    await expect(phones.signIn(at(7 * MINUTE), later, { phone, code: stale })).rejects.toMatchObject({
      code: "CODE_EXPIRED",
    });
  });

  test("a phone that rested for half a year is no proof alone: numbers are given to somebody new", async () => {
    const phone = newPhone();
    const here = visit();
    const { actor } = await phones.signIn(at(0), here, { phone, code: await codeFor(here, phone) });
    const { number } = await account(as(actor));
    const later = 181 * 24 * 60 * MINUTE;
    const tries = [{}, { card: "1234567897" }, { card: number }];
    const outcomes = [];
    for (const [n, given] of tries.entries()) {
      const ms = later + n * 2 * MINUTE;
      const code = await codeFor(here, phone, "signIn", ms);
      const tried = await phones.signIn(at(ms), here, { phone, code, ...given }).catch((reason) => reason);
      outcomes.push(tried.code ?? tried.actor.id);
    }
    expect(outcomes).toEqual(["CARD_NUMBER_NEEDED", "CARD_NUMBER_NEEDED", actor.id]);
    const ms = later + 10 * MINUTE;
    const again = await phones.signIn(at(ms), here, { phone, code: await codeFor(here, phone, "signIn", ms) });
    expect(again.joined).toBe(false);
  });

  test("the right code 50 times at once signs in once", async () => {
    const phone = newPhone();
    const here = visit();
    const code = await codeFor(here, phone);
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, () => phones.signIn(at(0), here, { phone, code })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const index = codes.phoneIndex(at(0), phone);
    expect(await db.$count(memberPhones, eq(memberPhones.phoneIndex, index))).toBe(1);
  });

  test("one number gets one message a minute, five an hour, ten a day, whoever asks", async () => {
    const phone = newPhone();
    const admitted: number[] = [];
    for (let minute = 0; minute < 24 * 60; minute += 0.5) {
      if (minute > 10 && minute % 10 !== 0) continue;
      await codes.send(at(minute * MINUTE), visit(), { phone, purpose: "signIn" }).then(
        () => admitted.push(minute),
        (reason) => expect(reason).toMatchObject({ code: "TOO_MANY_ATTEMPTS", status: "throttled" }),
      );
    }
    expect(admitted).toHaveLength(10);
    expect(admitted.filter((minute) => minute < 60)).toEqual([0, 1, 2, 3, 4]);
  });

  test("one address is held up too, whatever the numbers", async () => {
    const addressGroup = "2001:db8:0:1::/64";
    const sends = await Promise.allSettled(
      Array.from({ length: 14 }, () =>
        codes.send(at(0), visit({ addressGroup }), { phone: newPhone(), purpose: "signIn" }),
      ),
    );
    expect(sends.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  });

  test("a code leaves the house once, and the outbox shows it to its browser alone", async () => {
    const phone = newPhone();
    const here = visit();
    await codes.send(at(0), here, { phone, purpose: "signIn" });
    const id = await newestCode();
    await Promise.all([codes.handOver(at(0), outboxGateway, id), codes.handOver(at(0), outboxGateway, id)]);
    const [shown, ...more] = await outboxOf(at(0), here);
    expect(more).toEqual([]);
    expect(await outboxOf(at(0), visit())).toEqual([]);
    expect((await phones.signIn(at(0), here, { phone, code: shown?.code ?? "" })).joined).toBe(true);
  });
});

describe("credentials and sessions", () => {
  async function memberWithPhone(ms = 0) {
    const phone = newPhone();
    const here = visit();
    return {
      here,
      phone,
      ...(await phones.signIn(at(ms), here, { phone, code: await codeFor(here, phone, "signIn", ms) })),
    };
  }

  test("the last credential stays", async () => {
    const { actor } = await memberWithPhone();
    await expect(phones.remove(as(actor))).rejects.toMatchObject({ code: "LAST_CREDENTIAL" });
    expect((await account(as(actor))).phone).not.toBeNull();
  });

  test("removing a credential signs out everywhere else", async () => {
    const { actor, here, token } = await memberWithPhone();
    const device = softwareAuthenticator(here.origin);
    await passkeys.finishAdd(as(actor), here, device.create(await passkeys.startAdd(as(actor), here)));
    const elsewhere = visit();
    const other = await passkeys.finishSignIn(
      at(0),
      elsewhere,
      device.get(await passkeys.startSignIn(at(0), elsewhere)),
    );
    await phones.remove(as(actor));
    expect(await resolveMember({ db, now: start }, token)).toEqual(actor);
    expect(await resolveMember({ db, now: start }, other.token)).toBeNull();
    const [passkey] = await db.select().from(memberPasskeys).where(eq(memberPasskeys.memberId, actor.id));
    const only = passkey?.id ?? at(0).newId<"passkey">();
    await expect(passkeys.remove(as(actor), { passkeyId: only })).rejects.toMatchObject({ code: "LAST_CREDENTIAL" });
  });

  test("a phone that somebody else holds is not taken over", async () => {
    const holder = await memberWithPhone();
    const device = visit();
    const made = await passkeys.finishJoin(
      at(0),
      device,
      softwareAuthenticator(device.origin).create(await passkeys.startJoin(at(0), device)),
    );
    const code = await codeFor(device, holder.phone, "addPhone", 2 * MINUTE);
    await expect(phones.add(as(made.actor, 2 * MINUTE), device, { phone: holder.phone, code })).rejects.toMatchObject({
      code: "PHONE_TAKEN",
    });
    expect((await account(as(made.actor))).phone).toBeNull();
  });

  test("sessions end at once, of themselves and by idleness; nobody ends another's", async () => {
    const { actor, token } = await memberWithPhone();
    const stranger = await memberWithPhone();
    await expect(endSession(as(stranger.actor), { sessionId: actor.sessionId })).rejects.toMatchObject({
      code: "SESSION_NOT_FOUND",
    });
    const days = (n: number) => new Date(start.getTime() + n * 24 * 60 * MINUTE);
    expect(await resolveMember({ db, now: days(29) }, token)).toEqual(actor);
    expect(await resolveMember({ db, now: days(58) }, token)).toEqual(actor);
    expect(await resolveMember({ db, now: days(89) }, token)).toBeNull();
    expect((await endOtherSessions(as(stranger.actor))).ended).toBe(0);
    await endSession(as(stranger.actor), { sessionId: stranger.actor.sessionId });
    expect(await resolveMember({ db, now: start }, stranger.token)).toBeNull();
    expect(await resolveMember({ db, now: start }, "preset")).toBeNull();
  });
});
