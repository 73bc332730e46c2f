import { and, asc, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";
import type { Reader, Tx } from "#db/client.ts";
import { vaultValues } from "#db/schema/consents.ts";
import { memberKeys } from "#db/schema/members.ts";
import type { Context } from "../../../core/context.ts";
import type { Id } from "../../../core/id.ts";
import type { Place } from "../../../core/seal.ts";
import { addDays } from "../../../core/time.ts";
import { dataKey } from "../../../members/service.ts";
import type { ActivityTerms } from "../../activities/model.ts";
import { type FieldKey, FieldValue } from "../../fields/model.ts";
import type { GivenValue } from "../../ledger/model.ts";
import type { GrantRow } from "../../ledger/rules.ts";
import type { ChildId, GrantId } from "../../model.ts";

/** A value in the clear, with how long it may be kept. Only the gateway sees one. */
export type OpenedValue = FieldValue & {
  readonly field: FieldKey;
  readonly collectedAt: Date;
  readonly expiresAt: Date | null;
};

/**
 * Seals values under a consent that is granted, in the transaction that proved it. A value given again replaces the one
 * before. The database refuses a value whose consent holds none (PIPL Art. 29, 31; promise 6).
 */
export async function keepValues(
  tx: Tx,
  ctx: Context,
  grant: GrantRow,
  values: readonly GivenValue[],
  retention: ActivityTerms["retention"],
): Promise<void> {
  if (values.length === 0) return;
  const key = await dataKey(tx, ctx, grant.memberId);
  const expiresAt = retention.trigger === "withdrawal" ? null : addDays(ctx.now, retention.days);
  for (const { key: field, value, measuredOn } of values) {
    await tx.delete(vaultValues).where(and(eq(vaultValues.grantId, grant.id), eq(vaultValues.field, field)));
    const id = ctx.newId<"vaultValue">();
    await tx.insert(vaultValues).values({
      id,
      memberId: grant.memberId,
      childId: grant.childId,
      grantId: grant.id,
      grantHolds: true,
      field,
      sealed: ctx.keys.seal(key, JSON.stringify({ value, measuredOn }), placeOf(id)),
      collectedAt: ctx.now,
      expiresAt,
    });
  }
}

/** The values of one consent in the clear, those only that may still be kept; none once the member's key is destroyed. */
export async function openValues(
  reader: Reader,
  ctx: Pick<Context, "keys" | "now">,
  grantId: GrantId,
): Promise<OpenedValue[]> {
  const rows = await reader
    .select({
      id: vaultValues.id,
      field: vaultValues.field,
      sealed: vaultValues.sealed,
      collectedAt: vaultValues.collectedAt,
      expiresAt: vaultValues.expiresAt,
      wrapped: memberKeys.wrapped,
    })
    .from(vaultValues)
    .innerJoin(memberKeys, eq(memberKeys.memberId, vaultValues.memberId))
    .where(keptOf(grantId, ctx.now));
  const [first] = rows;
  if (first === undefined) return [];
  const key = ctx.keys.openDataKey(first.wrapped);
  return rows.map(({ id, field, sealed, collectedAt, expiresAt }) => ({
    ...FieldValue.parse(JSON.parse(ctx.keys.open(key, sealed, placeOf(id)))),
    field,
    collectedAt,
    expiresAt,
  }));
}

/** Which fields of a consent have a value that may still be kept. */
export async function valuedFields(reader: Reader, grantId: GrantId, at: Date): Promise<FieldKey[]> {
  const rows = await reader.select({ field: vaultValues.field }).from(vaultValues).where(keptOf(grantId, at));
  return rows.map(({ field }) => field);
}

/** Which of these consents have a value that may still be kept. */
export async function keptIn(reader: Reader, grantIds: readonly GrantId[], at: Date): Promise<ReadonlySet<GrantId>> {
  const rows = await reader
    .selectDistinct({ grantId: vaultValues.grantId })
    .from(vaultValues)
    .where(and(inArray(vaultValues.grantId, [...grantIds]), isKept(at)));
  return new Set(rows.map(({ grantId }) => grantId));
}

/**
 * Erases the values of consents, all or those whose time is over at an instant; gives the fields that had one, by consent,
 * and how many were found when looked for again: none, or the caller's record of it would not be taken.
 */
export async function eraseValues(
  tx: Tx,
  grantIds: readonly GrantId[],
  overAt?: Date,
): Promise<{ readonly erased: ReadonlyMap<GrantId, readonly FieldKey[]>; readonly remaining: number }> {
  const these = and(
    inArray(vaultValues.grantId, [...grantIds]),
    overAt === undefined ? undefined : lte(vaultValues.expiresAt, overAt),
  );
  const gone = await tx
    .delete(vaultValues)
    .where(these)
    .returning({ grantId: vaultValues.grantId, field: vaultValues.field });
  const remaining = gone.length === 0 ? 0 : await tx.$count(vaultValues, these);
  const byGrant = Map.groupBy(gone, ({ grantId }) => grantId);
  return {
    erased: new Map([...byGrant].map(([grantId, values]) => [grantId, values.map(({ field }) => field).sort()])),
    remaining,
  };
}

/** Starts the time of keeping anew, where it counts from the last use. */
export async function extendRetention(
  tx: Tx,
  ctx: Pick<Context, "now">,
  grantId: GrantId,
  retention: ActivityTerms["retention"],
): Promise<void> {
  if (retention.trigger !== "lastUse") return;
  await tx
    .update(vaultValues)
    .set({ expiresAt: addDays(ctx.now, retention.days) })
    .where(keptOf(grantId, ctx.now));
}

function keptOf(grantId: GrantId, at: Date) {
  return and(eq(vaultValues.grantId, grantId), isKept(at));
}

function isKept(at: Date) {
  return or(isNull(vaultValues.expiresAt), gt(vaultValues.expiresAt, at));
}

/** The row's identity is authenticated with the value: moved to another row it does not open. */
export function placeOf(id: Id<"vaultValue">): Place {
  return { table: "vault_values", column: "sealed", row: id };
}

/** The values of one field across members, in the order of their ids: for the rule that follows from a value itself. */
export async function openField(
  reader: Reader,
  ctx: Pick<Context, "keys">,
  field: FieldKey,
  after: Id<"vaultValue"> | null,
  size: number,
): Promise<{ readonly id: Id<"vaultValue">; readonly childId: ChildId | null; readonly value: string }[]> {
  const rows = await reader
    .select({
      id: vaultValues.id,
      childId: vaultValues.childId,
      sealed: vaultValues.sealed,
      wrapped: memberKeys.wrapped,
    })
    .from(vaultValues)
    .innerJoin(memberKeys, eq(memberKeys.memberId, vaultValues.memberId))
    .where(and(eq(vaultValues.field, field), after === null ? undefined : gt(vaultValues.id, after)))
    .orderBy(asc(vaultValues.id))
    .limit(size);
  return rows.map(({ id, childId, sealed, wrapped }) => ({
    id,
    childId,
    value: FieldValue.parse(JSON.parse(ctx.keys.open(ctx.keys.openDataKey(wrapped), sealed, placeOf(id)))).value,
  }));
}

/** Consents that hold a value whose time is over, the longest overdue first; those of at most `size` values. */
export async function overdue(reader: Reader, at: Date, size: number): Promise<GrantId[]> {
  const rows = await reader
    .select({ grantId: vaultValues.grantId })
    .from(vaultValues)
    .where(lte(vaultValues.expiresAt, at))
    .orderBy(asc(vaultValues.expiresAt))
    .limit(size);
  return [...new Set(rows.map(({ grantId }) => grantId))];
}
