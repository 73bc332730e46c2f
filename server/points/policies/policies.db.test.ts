import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { pointsPolicies, pointsProposals } from "#db/schema/points.ts";
import { newId } from "#db/testing.ts";
import { addDays } from "../../core/time.ts";
import { NOW, order } from "../../tiers/testing.ts";
import { DEFAULT_POINTS } from "../model.ts";
import { openPointsBrand, type PointsBrand } from "../testing.ts";
import { openProposal, publishedPolicies } from "./queries.ts";
import * as policies from "./service.ts";

let brand: PointsBrand;
beforeAll(async () => {
  brand = await openPointsBrand();
});

const double = { ...DEFAULT_POINTS, perYuan: { numerator: 2, denominator: 1 } };

describe("the terms of the points", () => {
  test("are proposed by one person, published by another after a notice, and recorded", async () => {
    const { db, by, ann, ben, join, earn, balanceOf } = brand;
    const policyId = await policies.propose(by(ann), { terms: double });
    expect(await openProposal(db, ann.id, NOW)).toMatchObject({ id: policyId, own: true, changes: ["perYuan"] });
    await expect(policies.publish(by(ann), { policyId, effectiveFrom: null })).rejects.toMatchObject({
      code: "POINTS_SAME_PERSON",
    });
    await expect(policies.publish(by(ben), { policyId, effectiveFrom: addDays(NOW, 6) })).rejects.toMatchObject({
      code: "POINTS_TOO_EARLY",
      condition: { earliestAt: addDays(NOW, 7).getTime() },
    });
    const published = await policies.publish(by(ben), { policyId, effectiveFrom: null });
    expect(published).toEqual({ version: 2, effectiveFrom: addDays(NOW, 7) });
    expect(await openProposal(db, ann.id, NOW)).toBeNull();
    expect(await publishedPolicies(db, NOW)).toMatchObject([
      { version: 2, status: "announced", changes: ["perYuan"] },
      { version: 1, status: "inForce", changes: ["perYuan", "expiry", "negative"] },
    ]);
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, policyId));
    expect(trail.map(({ action }) => action).sort()).toEqual(["points.propose", "points.publish"]);

    const memberId = await join();
    await earn(memberId, order(100));
    await earn(memberId, order(100, { paidAt: addDays(NOW, 7), completedAt: addDays(NOW, 8) }));
    expect(await balanceOf(memberId)).toMatchObject({ available: 100, pending: 200 });
  });

  test("are refused when they change nothing, are not the newest, published already or unknown", async () => {
    const { db, by, ann, ben } = brand;
    const newest = (await publishedPolicies(db, NOW))[0]?.terms ?? double;
    const before = await db.$count(pointsProposals);
    await expect(policies.propose(by(ann), { terms: newest })).rejects.toMatchObject({
      code: "POINTS_PROPOSAL_UNCHANGED",
    });
    expect(await db.$count(pointsProposals)).toBe(before);
    const older = await policies.propose(by(ann), { terms: { ...double, negative: "forgive" } });
    const newer = await policies.propose(by(ann), { terms: { ...double, expiry: null } });
    const publish = (policyId: typeof older) => policies.publish(by(ben), { policyId, effectiveFrom: null });
    await expect(publish(older)).rejects.toMatchObject({ code: "POINTS_PROPOSAL_SUPERSEDED" });
    await expect(publish(newId())).rejects.toMatchObject({ code: "POINTS_PROPOSAL_NOT_FOUND" });
    const answers = await Promise.allSettled([publish(newer), publish(newer)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(publish(newer)).rejects.toMatchObject({ code: "POINTS_ALREADY_PUBLISHED" });
    const versions = await db.select().from(pointsPolicies).orderBy(pointsPolicies.version);
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3]);
  });
});
