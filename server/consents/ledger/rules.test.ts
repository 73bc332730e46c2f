import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idSource } from "../../core/id.ts";
import { addDays } from "../../core/time.ts";
import { consentActions, grantStates, SERVED_MS } from "./model.ts";
import {
  type ConsentEvent,
  foldEvents,
  follow,
  type GrantRow,
  isStale,
  mayAnswer,
  mayFollow,
  mayPrompt,
  standingOf,
} from "./rules.ts";

const newId = idSource(Date.now, randomBytes);
const start = new Date("2026-01-01T00:00:00Z");
const memberId = newId<"member">();
const children = [newId<"child">(), newId<"child">()];
const purposes = ["swim_preparation", "baby_recommendation"];

const said = fc.record({
  action: fc.constantFrom(...consentActions),
  child: fc.nat(1),
  purpose: fc.constantFrom(...purposes),
  days: fc.nat(40),
});

/** A history as the ledger lets it come about: what may not follow is not in it. */
function historyOf(
  wishes: readonly { action: (typeof consentActions)[number]; child: number; purpose: string; days: number }[],
) {
  const events: ConsentEvent[] = [];
  const standing = new Map<string, GrantRow>();
  let at = start;
  for (const { action, child, purpose, days } of wishes) {
    at = addDays(at, days);
    const childId = children[child] ?? null;
    const key = `${childId} ${purpose}`;
    const before = standing.get(key) ?? null;
    if (!mayFollow(before?.state ?? null, action).ok) continue;
    const event: ConsentEvent = {
      id: newId<"consentEvent">(),
      memberId,
      seq: events.length + 1,
      childId,
      relationId: null,
      purpose,
      purposeVersion: 1,
      action,
      reason: null,
      servedId: newId<"servedEvent">(),
      noticeVersionId: newId<"noticeVersion">(),
      noticeHash: "",
      fields: action === "refuse" ? [] : ["child.birthMonth"],
      channel: "portal",
      locale: "zh-CN",
      at,
      previousHash: null,
    };
    events.push(event);
    standing.set(key, follow(before, event));
  }
  return { events, standing };
}
const histories = fc.array(said, { maxLength: 40 }).map(historyOf);

describe("the fold of consent events", () => {
  test("is the same step by step and at once, however often it is done", () => {
    fc.assert(
      fc.property(histories, ({ events, standing }) => {
        expect(foldEvents(events)).toEqual([...standing.values()]);
        expect(foldEvents(events)).toEqual(foldEvents(events));
      }),
    );
  });

  test("holds values only while consent is given, or waits for a new one with an end", () => {
    fc.assert(
      fc.property(histories, ({ events }) => {
        for (const grant of foldEvents(events)) {
          expect(grant.holdsValues).toBe(grant.state === "granted" || grant.state === "superseded");
          expect(grant.holdUntil !== null).toBe(grant.state === "superseded");
        }
      }),
    );
  });

  test("of one subject and purpose is untouched by any other's events", () => {
    fc.assert(
      fc.property(histories, ({ events }) => {
        const [child] = children;
        const own = events.filter(({ childId, purpose }) => childId === child && purpose === purposes[0]);
        const alone = foldEvents(own);
        const among = foldEvents(events).filter(({ childId, purpose }) => childId === child && purpose === purposes[0]);
        expect(among).toEqual(alone);
      }),
    );
  });

  test("the default is not granted, and only what was granted can end", () => {
    for (const action of consentActions) {
      expect(mayFollow(null, action).ok).toBe(action === "grant" || action === "refuse");
      for (const state of ["refused", "withdrawn", "expired", "invalidated"] as const) {
        expect(mayFollow(state, action).ok).toBe(action === "grant" || action === "refuse");
      }
    }
  });
});

describe("a changed notice", () => {
  const grant = { state: "granted", since: start } as const;
  test("makes earlier consents stale and leaves later ones alone", () => {
    expect(isStale(grant, null)).toBe(false);
    expect(isStale(grant, addDays(start, 1))).toBe(true);
    expect(isStale(grant, start)).toBe(false);
  });

  test("is the only thing that is ever brought up again by itself", () => {
    const facts = { freshSince: null, valued: [], relation: "active", restricted: false } as const;
    fc.assert(
      fc.property(histories, ({ events }) => {
        for (const row of foldEvents(events)) {
          expect(mayPrompt(standingOf(row, facts))).toBe(row.state === "superseded");
        }
      }),
    );
    expect(mayPrompt(standingOf(null, facts))).toBe(false);
  });
});

test("what stands is told with its fields while granted, and without them in every other state", () => {
  const [row] = foldEvents(historyOf([{ action: "grant", child: 0, purpose: "swim_preparation", days: 0 }]).events);
  if (row === undefined) throw new Error("nothing granted");
  for (const state of grantStates) {
    const told = standingOf(
      { ...row, state },
      { freshSince: null, valued: ["child.birthMonth", "child.weight"], relation: "active", restricted: false },
    );
    expect(told.fields).toEqual(state === "granted" ? ["child.birthMonth"] : []);
    expect(told.valued).toEqual(state === "granted" ? ["child.birthMonth"] : []);
  }
});

test("a notice that was shown can be answered once, within a day", () => {
  const served = { shownAt: start };
  expect(mayAnswer(served, false, new Date(start.getTime() + SERVED_MS))).toEqual({ ok: true });
  expect(mayAnswer(served, false, new Date(start.getTime() + SERVED_MS + 1))).toMatchObject({ code: "SERVED_STALE" });
  expect(mayAnswer(served, true, start)).toMatchObject({ code: "SERVED_ANSWERED" });
});
