import { asc, desc, eq, inArray } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { benefits, benefitVersions } from "#db/schema/benefits.ts";
import { staff } from "#db/schema/staff.ts";
import { activityInForce } from "../../consents/activities/queries.ts";
import { fieldDefinitions } from "../../consents/fields/queries.ts";
import type { StaffId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { ladderInForce } from "../../tiers/queries.ts";
import type { BenefitId, BenefitTerms } from "../model.ts";
import { stateOf } from "../rules.ts";
import { checkTerms, type Ground, warnings } from "./rules.ts";

/** A published benefit with the terms in force. */
export type Benefit = {
  readonly id: BenefitId;
  readonly version: number;
  readonly terms: BenefitTerms;
  readonly retired: boolean;
  /** When its first version was published. */
  readonly since: Date;
};

/** Every benefit that was ever published, oldest first. Benefits are counted in dozens: read whole. */
export async function published(reader: Reader, only?: BenefitId): Promise<Benefit[]> {
  const rows = await reader
    .select({
      id: benefits.id,
      inForce: benefits.version,
      retiredAt: benefits.retiredAt,
      version: benefitVersions.version,
      terms: benefitVersions.terms,
      publishedAt: benefitVersions.publishedAt,
    })
    .from(benefits)
    .innerJoin(benefitVersions, eq(benefitVersions.benefitId, benefits.id))
    .where(only === undefined ? undefined : eq(benefits.id, only))
    .orderBy(asc(benefits.id), asc(benefitVersions.version));
  const first = new Map<BenefitId, Date>();
  for (const { id, publishedAt } of rows) if (!first.has(id)) first.set(id, publishedAt);
  return rows
    .filter(({ version, inForce }) => version === inForce)
    .map(({ id, version, terms, retiredAt, publishedAt }) => ({
      id,
      version,
      terms,
      retired: retiredAt !== null,
      since: first.get(id) ?? publishedAt,
    }));
}

/** One benefit that was published. Refuses: BENEFIT_NOT_FOUND. */
export async function publishedOne(reader: Reader, benefitId: BenefitId): Promise<Benefit> {
  const [benefit] = await published(reader, benefitId);
  if (benefit === undefined) throw new Refusal("BENEFIT_NOT_FOUND", {}, "missing");
  return benefit;
}

/** What terms are held against now: the ladder, the purpose's activity, the catalogue of fields. */
export async function groundOf(reader: Reader, { purpose }: Pick<BenefitTerms, "purpose">, at: Date): Promise<Ground> {
  const ladder = await ladderInForce(reader, at);
  return {
    tiers: ladder?.terms.tiers.map(({ code }) => code) ?? [],
    activity: purpose === null ? null : await activityInForce(reader, purpose),
    definitions: await fieldDefinitions(reader),
  };
}

/** What an editor is told while writing: why the terms would be refused, and what a second person will ask about. */
export async function check(reader: Reader, terms: BenefitTerms, at: Date) {
  const verdict = checkTerms(terms, await groundOf(reader, terms, at));
  return {
    refusal: verdict.ok ? null : { code: verdict.code, condition: verdict.condition },
    warnings: warnings(terms),
  };
}

/** Every benefit as the desk lists them, newest first; `terms` are those in force, or of the draft before the first. */
export async function list(reader: Reader, at: Date) {
  const inForce = new Map((await published(reader)).map((benefit) => [benefit.id, benefit]));
  const rows = await reader.select().from(benefits).orderBy(desc(benefits.id));
  return rows.flatMap((row) => {
    const current = inForce.get(row.id) ?? null;
    const terms = current?.terms ?? row.draft;
    if (terms === null) return [];
    return [
      {
        id: row.id,
        terms,
        state: stateOf(current, at),
        version: current?.version ?? null,
        draft: row.draft === null ? null : { approved: row.approvedBy !== null, savedAt: row.savedAt },
      },
    ];
  });
}

/** One benefit with its draft and every version, each with the people who answer for it. Refuses: BENEFIT_NOT_FOUND. */
export async function detail(reader: Reader, benefitId: BenefitId, at: Date) {
  const [row] = await reader.select().from(benefits).where(eq(benefits.id, benefitId));
  if (row === undefined) throw new Refusal("BENEFIT_NOT_FOUND", {}, "missing");
  const [current] = await published(reader, benefitId);
  const versions = await reader
    .select()
    .from(benefitVersions)
    .where(eq(benefitVersions.benefitId, benefitId))
    .orderBy(desc(benefitVersions.version));
  const names = await namesOf(reader, [
    ...versions.flatMap((version) => [version.draftedBy, version.approvedBy, version.publishedBy]),
    row.savedBy,
    row.approvedBy,
    row.retiredBy,
  ]);
  const nameOf = (id: StaffId | null) => (id === null ? null : (names.get(id) ?? null));
  const { draft, draftHash } = row;
  return {
    id: benefitId,
    state: stateOf(current ?? null, at),
    current: current === undefined ? null : { version: current.version, terms: current.terms },
    retired: row.retiredAt === null ? null : { at: row.retiredAt, by: nameOf(row.retiredBy) },
    draft:
      draft === null || draftHash === null
        ? null
        : {
            terms: draft,
            termsHash: draftHash,
            editors: row.editors,
            savedBy: nameOf(row.savedBy),
            savedAt: row.savedAt,
            approvedBy: nameOf(row.approvedBy),
            approvedAt: row.approvedAt,
            ...(await check(reader, draft, at)),
          },
    versions: versions.map((version) => ({
      version: version.version,
      terms: version.terms,
      publishedAt: version.publishedAt,
      draftedBy: nameOf(version.draftedBy),
      approvedBy: nameOf(version.approvedBy),
      publishedBy: nameOf(version.publishedBy),
    })),
  };
}

async function namesOf(reader: Reader, ids: readonly (StaffId | null)[]): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids)].filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const rows = await reader.select({ id: staff.id, name: staff.name }).from(staff).where(inArray(staff.id, known));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
