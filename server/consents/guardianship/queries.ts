import { and, asc, desc, eq, isNull, lt, ne } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { children, guardianCases, guardianRelations } from "#db/schema/guardianship.ts";
import { members } from "#db/schema/members.ts";
import type { MemberId } from "../../core/id.ts";
import type { ChildId } from "../model.ts";
import type { GuardianCaseId } from "./model.ts";
import type { OpenRelation } from "./rules.ts";

/** The guardianship of a child that is not over; null when there is none. */
export async function guardianOf(reader: Reader, childId: ChildId): Promise<OpenRelation | null> {
  const [row] = await reader
    .select({
      id: guardianRelations.id,
      memberId: guardianRelations.memberId,
      state: guardianRelations.state,
    })
    .from(guardianRelations)
    .where(and(eq(guardianRelations.childId, childId), ne(guardianRelations.state, "ended")));
  return row === undefined || row.state === "ended" ? null : { ...row, state: row.state };
}

/** The children whom a member added and has not removed, in order, each with the guardianship that is not over. */
export async function childrenOf(reader: Reader, memberId: MemberId) {
  const rows = await reader
    .select({
      id: children.id,
      ordinal: children.ordinal,
      code: children.code,
      addedAt: children.addedAt,
      relationId: guardianRelations.id,
      kind: guardianRelations.relation,
      method: guardianRelations.method,
      state: guardianRelations.state,
      declaredAt: guardianRelations.declaredAt,
    })
    .from(children)
    .leftJoin(guardianRelations, and(eq(guardianRelations.childId, children.id), ne(guardianRelations.state, "ended")))
    .where(and(eq(children.memberId, memberId), isNull(children.removedAt)))
    .orderBy(asc(children.ordinal));
  return rows.map(({ relationId, kind, method, state, declaredAt, ...child }) => ({
    ...child,
    relation:
      relationId === null || kind === null || method === null || state === null || declaredAt === null
        ? null
        : { id: relationId, kind, method, state, declaredAt },
  }));
}

/** Disputed guardianships, open ones first, newest first; `before` is the id of the last one seen. */
export async function cases(
  reader: Reader,
  state: "open" | "decided",
  before: GuardianCaseId | undefined,
  size: number,
) {
  const rows = await reader
    .select({
      id: guardianCases.id,
      reason: guardianCases.reason,
      byMember: guardianCases.memberId,
      openedAt: guardianCases.openedAt,
      state: guardianCases.state,
      note: guardianCases.note,
      decidedAt: guardianCases.decidedAt,
      relationId: guardianRelations.id,
      relation: guardianRelations.relation,
      relationState: guardianRelations.state,
      declaredAt: guardianRelations.declaredAt,
      childOrdinal: children.ordinal,
      guardianId: members.id,
      guardianNumber: members.number,
    })
    .from(guardianCases)
    .innerJoin(guardianRelations, eq(guardianRelations.id, guardianCases.relationId))
    .innerJoin(children, eq(children.id, guardianRelations.childId))
    .innerJoin(members, eq(members.id, guardianRelations.memberId))
    .where(
      and(
        state === "open" ? eq(guardianCases.state, "open") : ne(guardianCases.state, "open"),
        before === undefined ? undefined : lt(guardianCases.id, before),
      ),
    )
    .orderBy(desc(guardianCases.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return { cases: page, before: rows.length > size ? (page.at(-1)?.id ?? null) : null };
}
