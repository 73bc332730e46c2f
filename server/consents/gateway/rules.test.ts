import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idSource } from "../../core/id.ts";
import type { GrantRow } from "../ledger/rules.ts";
import { mayRead, type ReadFacts } from "./rules.ts";

const newId = idSource(Date.now, randomBytes);
const at = new Date("2026-06-15T04:00:00Z");
const memberId = newId<"member">();
const childId = newId<"child">();

const grant: GrantRow = {
  id: newId<"grant">(),
  memberId,
  childId,
  subjectId: childId,
  purpose: "swim_preparation",
  state: "granted",
  since: new Date("2026-06-01T00:00:00Z"),
  lastSeq: 1,
  decisionId: newId<"consentEvent">(),
  purposeVersion: 1,
  noticeVersionId: newId<"noticeVersion">(),
  fields: ["child.birthMonth", "child.weight"],
  relationId: newId<"guardianRelation">(),
  holdUntil: null,
  holdsValues: true,
};
const field = (key: string) => ({ key, necessity: { "zh-CN": "需要", en: "needed" }, mandatory: true });

/** Store staff serve a member whose guardian agreed to everything that is asked. */
const allowed: ReadFacts = {
  reader: { kind: "staff", serves: true, views: false },
  fields: ["child.weight"],
  knownFields: new Set(["child.weight", "child.birthMonth", "child.sex"]),
  activity: {
    state: "active",
    assessed: true,
    terms: {
      basis: "consent",
      subject: "child",
      fields: ["child.weight", "child.birthMonth", "child.sex"].map(field),
    },
    freshSince: null,
  },
  grant,
  relation: { id: newId<"guardianRelation">(), memberId, state: "active" },
  birthMonth: "2026-02",
  restricted: false,
  destination: "CN",
  onDuty: true,
  ticketed: false,
  valued: new Set(["child.weight", "child.birthMonth"]),
  at,
};

/** What stops a read, in the order in which it is looked at. */
const stops: readonly (readonly [string, Partial<ReadFacts>])[] = [
  ["ACTOR_UNKNOWN", { reader: { kind: "nobody" } }],
  ["PURPOSE_UNKNOWN", { activity: null }],
  ["FIELD_UNKNOWN", { fields: ["child.shoeSize"] }],
  ["FIELD_NOT_IN_PURPOSE", { fields: [] }],
  ["ACTIVITY_NOT_ACTIVE", { activity: { ...theActivity(), state: "suspended" } }],
  ["ASSESSMENT_MISSING", { activity: { ...theActivity(), assessed: false } }],
  ["CONSENT_STALE", { activity: { ...theActivity(), freshSince: new Date("2026-06-10T00:00:00Z") } }],
  ["SEPARATE_CONSENT_REQUIRED", { grant: null }],
  ["GUARDIAN_REQUIRED", { relation: null }],
  ["CHILD_OF_AGE", { birthMonth: "2012-06" }],
  ["PROCESSING_RESTRICTED", { restricted: true }],
  ["TRANSFER_REFUSED", { destination: "SG" }],
  ["ROLE_MAY_NOT_READ", { onDuty: false }],
  ["RETENTION_OVER", { valued: new Set(["child.birthMonth"]) }],
];

function theActivity() {
  if (allowed.activity === null) throw new Error("the example has an activity");
  return allowed.activity;
}

describe("the gateway", () => {
  test("opens when every step says yes", () => {
    expect(mayRead(allowed)).toEqual({ ok: true });
  });

  test.each(stops)("stops with %s", (code, change) => {
    expect(mayRead({ ...allowed, ...change })).toMatchObject({ ok: false, code });
  });

  test("of several reasons tells the first in the order of the law, whatever else is wrong", () => {
    // Steps that change the same fact cannot both be wrong.
    const independent = stops.filter(([, change]) => !("activity" in change) && !("fields" in change));
    fc.assert(
      fc.property(fc.subarray([...independent.keys()], { minLength: 1 }), (chosen) => {
        const facts: ReadFacts = Object.assign({}, allowed, ...chosen.map((index) => independent[index]?.[1]));
        expect(mayRead(facts)).toMatchObject({ ok: false, code: independent[chosen[0] ?? 0]?.[0] });
      }),
    );
  });

  test("gives an optional field to nobody unless its toggle was turned on", () => {
    expect(mayRead({ ...allowed, fields: ["child.sex"] })).toMatchObject({
      code: "SEPARATE_CONSENT_REQUIRED",
      condition: { field: "child.sex" },
    });
  });

  test("is closed while a guardianship is disputed, also to the guardian", () => {
    const relation = { id: newId<"guardianRelation">(), memberId, state: "disputed" } as const;
    for (const kind of ["self", "system"] as const) {
      expect(mayRead({ ...allowed, relation, reader: { kind } })).toMatchObject({ code: "GUARDIANSHIP_DISPUTED" });
    }
  });

  test("asks staff who do not serve the member for a ticket, and integrations never get through", () => {
    const officer = { kind: "staff", serves: false, views: true } as const;
    expect(mayRead({ ...allowed, reader: officer })).toMatchObject({ code: "TICKET_REQUIRED" });
    expect(mayRead({ ...allowed, reader: officer, ticketed: true })).toEqual({ ok: true });
    expect(mayRead({ ...allowed, reader: { kind: "apiKey" }, ticketed: true })).toMatchObject({
      code: "ROLE_MAY_NOT_READ",
    });
  });

  test("no state of a consent but granted opens anything", () => {
    for (const state of ["refused", "withdrawn", "superseded", "expired", "invalidated"] as const) {
      expect(mayRead({ ...allowed, grant: { ...grant, state } }).ok).toBe(false);
    }
  });
});
