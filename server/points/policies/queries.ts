import { desc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { pointsPolicies, pointsProposals } from "#db/schema/points.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffId } from "../../core/id.ts";
import { policyHistory } from "../queries.ts";
import { changedTerms, earliestEffect } from "./rules.ts";

/** The versions that are public, newest first, each with what it changed and whether it is in force. */
export async function publishedPolicies(reader: Reader, at: Date) {
  const rows = await reader
    .select({
      id: pointsPolicies.id,
      version: pointsPolicies.version,
      terms: pointsPolicies.terms,
      effectiveFrom: pointsPolicies.effectiveFrom,
      publishedAt: pointsPolicies.publishedAt,
    })
    .from(pointsPolicies)
    .orderBy(desc(pointsPolicies.version));
  const inForce = rows.find((row) => row.effectiveFrom <= at)?.version ?? 0;
  return rows.map((row, index) => {
    const previous = rows[index + 1]?.terms ?? null;
    const status = row.version > inForce ? "announced" : row.version === inForce ? "inForce" : "past";
    return { ...row, status, previous, changes: changedTerms(previous, row.terms) } as const;
  });
}

/** The proposal that waits for a second person, if any: the newest one, unless it is published. */
export async function openProposal(reader: Reader, staffId: StaffId, now: Date) {
  const newest = await newestProposal(reader);
  if (newest === null) return null;
  const history = await policyHistory(reader);
  if (history.some(({ id }) => id === newest.id)) return null;
  const [by] = await reader.select({ name: staff.name }).from(staff).where(eq(staff.id, newest.proposedBy));
  const { id, terms, proposedBy, proposedAt } = newest;
  const previous = history.at(-1)?.terms ?? null;
  return {
    id,
    terms,
    proposedAt,
    proposedBy: by?.name ?? "",
    own: proposedBy === staffId,
    previous,
    changes: changedTerms(previous, terms),
    earliest: earliestEffect(history, now),
  };
}

/** The last proposal that was made, published or not. */
export async function newestProposal(reader: Reader) {
  const [newest] = await reader.select().from(pointsProposals).orderBy(desc(pointsProposals.id)).limit(1);
  return newest ?? null;
}
