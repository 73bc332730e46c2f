import { and, count, desc, eq, gte, inArray, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { auditCheckpoints, auditPending } from "#db/schema/audit.ts";
import { jobs } from "#db/schema/jobs.ts";
import { members } from "#db/schema/members.ts";
import { offerDrafts } from "#db/schema/offers.ts";
import { claims, importBatches, orders } from "#db/schema/orders.ts";
import { tierAssignments, tierLadderDrafts } from "#db/schema/tiers.ts";
import { lastVerification } from "../audit/queries.ts";
import type { Context, StaffActor } from "../core/context.ts";
import { addDays, businessDay, DAY_MS, startOfBusinessDay } from "../core/time.ts";
import { memberStates } from "../members/directory/model.ts";
import { inForce, stateOf } from "../offers/publishing/rules.ts";
import { publishedVersions } from "../offers/queries.ts";
import { claimStates } from "../orders/claims/model.ts";
import { batches, inState } from "../orders/importing/queries.ts";
import { tierCounts } from "../tiers/queries.ts";

const DAYS = 30;

/** What the desk opens with: what waits for somebody, how the brand stands, what came in lately. */
export async function overview(ctx: Context<StaffActor>) {
  const reader = ctx.db;
  const may = (permission: Parameters<StaffActor["permissions"]["has"]>[0]) => ctx.actor.permissions.has(permission);
  return {
    waiting: await waiting(reader, ctx.now),
    tiers: may("tier:read") ? await tierCounts(reader, ctx.now) : null,
    days: may("order:read") ? await days(reader, ctx.now) : null,
    offers: may("offer:read") ? await liveOffers(reader, ctx.now) : null,
    imports: may("order:read") ? (await batches(reader, { size: 5 }, ctx.now)).batches : null,
    log: may("audit:read") ? await logState(reader) : null,
  };
}

/** What asks for somebody's decision, by kind. Each is read from an index of what is open, never by scanning. */
async function waiting(reader: Reader, now: Date) {
  // What a command looked at waits for nobody: its file is not here.
  const kept = isNotNull(importBatches.uploadId);
  return {
    disputedClaims: await reader.$count(claims, eq(claims.state, "disputed")),
    checkedImports: await reader.$count(importBatches, and(eq(importBatches.state, "checked"), kept)),
    quarantinedImports: await reader.$count(importBatches, and(eq(importBatches.state, "quarantined"), kept)),
    stoppedImports: await reader.$count(importBatches, inState("stopped", now)),
    manualTiers: await reader.$count(tierAssignments, eq(tierAssignments.state, "requested")),
    offerDrafts: await reader.$count(offerDrafts),
    ladderDrafts: await reader.$count(tierLadderDrafts, inArray(tierLadderDrafts.state, ["draft", "approved"])),
    deadJobs: await reader.$count(jobs, and(gte(jobs.finishedAt, addDays(now, -7)), eq(jobs.state, "dead"))),
  };
}

/** Orders placed, claims made and members joined on each of the last 30 business days, today included. */
async function days(reader: Reader, now: Date) {
  const today = startOfBusinessDay(businessDay(now));
  const [from, to] = [addDays(today, 1 - DAYS), addDays(today, 1)];
  const within = (at: Instant) => and(gte(at, from), lt(at, to));
  const placed = await perDay(reader, orders, orders.placedAt, within(orders.placedAt));
  // Each state is a range of the index; "any state" would be a scan.
  const made = await perDay(
    reader,
    claims,
    claims.createdAt,
    and(inArray(claims.state, [...claimStates]), within(claims.createdAt)),
  );
  const joined = await perDay(
    reader,
    members,
    members.joinedAt,
    and(inArray(members.state, [...memberStates]), within(members.joinedAt)),
  );
  return Array.from({ length: DAYS }, (_, at) => {
    const day = businessDay(addDays(from, at));
    return { day, orders: placed.get(day) ?? 0, claims: made.get(day) ?? 0, joined: joined.get(day) ?? 0 };
  });
}

type Instant = typeof orders.placedAt | typeof claims.createdAt | typeof members.joinedAt;

/** How many rows fall on each business day (Asia/Shanghai, UTC+8 all year), from the index on the instant alone. */
async function perDay(
  reader: Reader,
  of: typeof orders | typeof claims | typeof members,
  at: Instant,
  where: SQL | undefined,
): Promise<Map<string, number>> {
  const dayNumber = sql<number>`(${at} + 28800000) / 86400000`.mapWith(Number);
  const rows = await reader.select({ dayNumber, n: count() }).from(of).where(where).groupBy(dayNumber);
  return new Map(rows.map((row) => [businessDay(new Date(row.dayNumber * DAY_MS - 28_800_000)), row.n]));
}

async function liveOffers(reader: Reader, now: Date) {
  const history = await publishedVersions(reader);
  const live = new Set(inForce(history, now).map(({ versionId }) => versionId));
  return history
    .filter((version) => live.has(version.id) && stateOf(version, now) === "live")
    .map(({ offerId, version, terms, exhaustedAt }) => ({
      offerId,
      version,
      title: terms.title,
      kind: terms.reward.kind,
      tiers: terms.conditions.tiers,
      until: terms.conditions.window.to === null ? null : new Date(terms.conditions.window.to),
      exhausted: exhaustedAt !== null && exhaustedAt <= now,
    }));
}

async function logState(reader: Reader) {
  const [head] = await reader
    .select({ size: auditCheckpoints.size, at: auditCheckpoints.at })
    .from(auditCheckpoints)
    .orderBy(desc(auditCheckpoints.size))
    .limit(1);
  const [unsealed] = await reader.select({ n: count() }).from(auditPending);
  const last = await lastVerification(reader);
  return {
    head: head ?? null,
    unsealed: unsealed?.n ?? 0,
    verified: last && { at: last.at, ok: last.detail.ok === true },
  };
}
