import { and, asc, desc, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { benefitGrants, entitlements } from "#db/schema/benefits.ts";
import { members } from "#db/schema/members.ts";
import { staff } from "#db/schema/staff.ts";
import type { MemberId } from "../../core/id.ts";
import type { TierCode } from "../../tiers/model.ts";
import { standingOf } from "../../tiers/queries.ts";
import type { BenefitId } from "../model.ts";
import { lastOfPrevious } from "../periods/rules.ts";
import type { Benefit } from "../publishing/queries.ts";
import { grantPeriod, type OpenGrant, type PeriodUse, periodsAsked, type Uses, usesLeft } from "./rules.ts";

/** How many of the uses given by hand are listed with a benefit. */
const GIVEN_SHOWN = 50;

/** Of whom uses are counted, and when: `at` is the instant of use, `now` what is known. */
export type Counted = {
  readonly memberId: MemberId;
  readonly tier: TierCode | null;
  readonly at: Date;
  readonly now: Date;
};

/** What a member has left of one benefit. */
export async function usesOf(reader: Reader, benefit: Benefit, counted: Counted): Promise<Uses> {
  return countIn(reader, benefit, counted, await ledgerOf(reader, [benefit], counted));
}

/** What a member has left of each of these benefits, in their order. */
export async function usesOfEach(reader: Reader, asked: readonly Benefit[], counted: Counted) {
  const ledger = await ledgerOf(reader, asked, counted);
  const each: { readonly benefit: Benefit; readonly uses: Uses }[] = [];
  for (const benefit of asked) each.push({ benefit, uses: await countIn(reader, benefit, counted, ledger) });
  return each;
}

/** Uses given to a member by hand, newest first, each with what was used of it and by whom it was given. */
export async function grantsOf(reader: Reader, memberId: MemberId) {
  const rows = await reader
    .select({
      id: benefitGrants.id,
      benefitId: benefitGrants.benefitId,
      uses: benefitGrants.uses,
      reason: benefitGrants.reason,
      grantedBy: staff.name,
      grantedAt: benefitGrants.grantedAt,
      endsAt: benefitGrants.endsAt,
      revokedAt: benefitGrants.revokedAt,
      revokeReason: benefitGrants.revokeReason,
    })
    .from(benefitGrants)
    .innerJoin(staff, eq(staff.id, benefitGrants.grantedBy))
    .where(eq(benefitGrants.memberId, memberId))
    .orderBy(desc(benefitGrants.id));
  if (rows.length === 0) return [];
  const used = await reader
    .select({ period: entitlements.period, used: entitlements.used })
    .from(entitlements)
    .where(
      and(
        eq(entitlements.memberId, memberId),
        inArray(
          entitlements.benefitId,
          rows.map(({ benefitId }) => benefitId),
        ),
        inArray(
          entitlements.period,
          rows.map(({ id }) => grantPeriod(id)),
        ),
      ),
    )
    .orderBy(asc(entitlements.period));
  const usedOf = new Map(used.map((row) => [row.period, row.used]));
  return rows.map((row) => ({ ...row, used: usedOf.get(grantPeriod(row.id)) ?? 0 }));
}

type Ledger = {
  readonly rows: readonly (PeriodUse & { readonly benefitId: BenefitId })[];
  readonly grants: readonly (OpenGrant & { readonly benefitId: BenefitId })[];
};

/** The periods and open grants that decide, in two statements for all of the benefits. */
async function ledgerOf(reader: Reader, asked: readonly Benefit[], { memberId, at }: Counted): Promise<Ledger> {
  const ids = asked.map(({ id }) => id);
  if (ids.length === 0) return { rows: [], grants: [] };
  const grants = await reader
    .select({
      id: benefitGrants.id,
      benefitId: benefitGrants.benefitId,
      uses: benefitGrants.uses,
      endsAt: benefitGrants.endsAt,
    })
    .from(benefitGrants)
    .where(
      and(
        eq(benefitGrants.memberId, memberId),
        inArray(benefitGrants.benefitId, ids),
        isNull(benefitGrants.revokedAt),
        gt(benefitGrants.endsAt, at),
      ),
    );
  const periods = asked.flatMap(({ terms }) => periodsAsked(terms.quota, at));
  const names = [...new Set([...periods, ...grants.map(({ id }) => grantPeriod(id))])];
  const rows = await reader
    .select()
    .from(entitlements)
    .where(
      and(
        eq(entitlements.memberId, memberId),
        inArray(entitlements.benefitId, ids),
        inArray(entitlements.period, names),
      ),
    );
  return { rows, grants };
}

async function countIn(reader: Reader, benefit: Benefit, counted: Counted, { rows, grants }: Ledger): Promise<Uses> {
  const { memberId, tier, at, now } = counted;
  const entitledBefore = await couldUseBefore(reader, benefit, memberId, at);
  return usesLeft(
    { terms: benefit.terms, tier, entitledBefore, at, now },
    rows.filter(({ benefitId }) => benefitId === benefit.id),
    grants.filter(({ benefitId }) => benefitId === benefit.id),
  );
}

/** The latest uses of a benefit that were given by hand: to whom, by whom, why, until when. */
export function grantsGiven(reader: Reader, benefitId: BenefitId) {
  return reader
    .select({
      id: benefitGrants.id,
      memberId: benefitGrants.memberId,
      memberNumber: members.number,
      uses: benefitGrants.uses,
      reason: benefitGrants.reason,
      grantedBy: staff.name,
      grantedAt: benefitGrants.grantedAt,
      endsAt: benefitGrants.endsAt,
      revokedAt: benefitGrants.revokedAt,
    })
    .from(benefitGrants)
    .innerJoin(members, eq(members.id, benefitGrants.memberId))
    .innerJoin(staff, eq(staff.id, benefitGrants.grantedBy))
    .where(eq(benefitGrants.benefitId, benefitId))
    .orderBy(desc(benefitGrants.id))
    .limit(GIVEN_SHOWN);
}

/** Whether a member had joined by the period before and their tier had the benefit: asked where unused uses are carried. */
async function couldUseBefore(reader: Reader, { terms, since }: Benefit, memberId: MemberId, at: Date) {
  if (terms.quota.rollover === 0) return false;
  const before = lastOfPrevious(terms.quota.period, at);
  if (since > before || Date.parse(terms.window.from) > before.getTime()) return false;
  const [member] = await reader.select({ joinedAt: members.joinedAt }).from(members).where(eq(members.id, memberId));
  if (member === undefined || member.joinedAt > before) return false;
  const tier = (await standingOf(reader, memberId, before))?.tier;
  return tier !== undefined && terms.tiers.includes(tier);
}
