import { and, eq, inArray } from "drizzle-orm";
import { grants, restrictions, vaultValues } from "#db/schema/consents.ts";
import * as audit from "../../../audit/service.ts";
import type { Context } from "../../../core/context.ts";
import type { MemberId } from "../../../core/id.ts";
import { Refusal } from "../../../core/refusal.ts";
import { activityInForce } from "../../activities/queries.ts";
import type { FieldKey } from "../../fields/model.ts";
import { isStale } from "../../ledger/rules.ts";
import type { PurposeCode } from "../../model.ts";
import { noticeKeyOf } from "../../notices/model.ts";
import { currentNotice } from "../../notices/queries.ts";
import { COUNT_FLOOR } from "../model.ts";

/**
 * How many people gave a value under a purpose: an aggregate, never a value. Fewer than twenty are not told (null), so
 * that nobody is counted out. Refuses: PURPOSE_UNKNOWN, FIELD_NOT_IN_PURPOSE.
 */
export async function count(
  ctx: Context,
  { purpose, field }: { readonly purpose: PurposeCode; readonly field: FieldKey },
): Promise<{ people: number | null }> {
  return ctx.db.transact(async (tx) => {
    const activity = await activityInForce(tx, purpose);
    if (activity === null) throw new Refusal("PURPOSE_UNKNOWN", {}, "missing");
    if (!activity.terms.fields.some(({ key }) => key === field)) throw new Refusal("FIELD_NOT_IN_PURPOSE", { field });
    const [row] = await tx
      .select({ id: grants.id })
      .from(grants)
      .innerJoin(vaultValues, and(eq(vaultValues.grantId, grants.id), eq(vaultValues.field, field)))
      .where(and(eq(grants.purpose, purpose), eq(grants.state, "granted")))
      .limit(1)
      .offset(COUNT_FLOOR - 1);
    const people =
      row === undefined
        ? null
        : await tx.$count(
            vaultValues,
            and(
              eq(vaultValues.field, field),
              inArray(
                vaultValues.grantId,
                tx
                  .select({ id: grants.id })
                  .from(grants)
                  .where(and(eq(grants.purpose, purpose), eq(grants.state, "granted"))),
              ),
            ),
          );
    await audit.record(tx, ctx, {
      action: "field.count",
      subject: { kind: "purpose", id: purpose },
      detail: { field, people },
    });
    return { people };
  });
}

/**
 * Which of these members agreed that the recipient gets what the purpose names; the others stay here (PIPL Art. 23,
 * control 40). A hash of a phone is personal data like the phone: it goes through here too. A purpose about children is
 * never an audience. Refuses: PURPOSE_UNKNOWN, ACTIVITY_NOT_ACTIVE, RECIPIENT_NOT_CONSENTED, ROLE_MAY_NOT_READ.
 */
export async function disclosable(
  ctx: Context,
  request: { readonly purpose: PurposeCode; readonly recipient: string; readonly memberIds: readonly MemberId[] },
): Promise<MemberId[]> {
  return ctx.db.transact(async (tx) => {
    const activity = await activityInForce(tx, request.purpose);
    if (activity === null) throw new Refusal("PURPOSE_UNKNOWN", {}, "missing");
    if (activity.state !== "active") throw new Refusal("ACTIVITY_NOT_ACTIVE");
    if (activity.terms.subject === "child") throw new Refusal("ROLE_MAY_NOT_READ", {}, "forbidden");
    const told = (await currentNotice(tx, noticeKeyOf(request.purpose)))?.purposes.find(
      ({ code }) => code === request.purpose,
    );
    const names = (terms: typeof activity.terms) => terms.recipients.some(({ name }) => name === request.recipient);
    if (told === undefined || !names(told.terms) || !names(activity.terms)) {
      throw new Refusal("RECIPIENT_NOT_CONSENTED", {}, "forbidden");
    }
    const asked = new Set(request.memberIds);
    const held = (await tx.bulkSelect(grants, "memberId", [...asked])).filter(
      (grant) => grant.purpose === request.purpose && grant.state === "granted" && !isStale(grant, activity.freshSince),
    );
    const restricted = new Set(
      (await tx.bulkSelect(restrictions, "memberId", [...asked]))
        .filter(({ purpose }) => purpose === request.purpose)
        .map(({ memberId }) => memberId),
    );
    const agreed = held.map(({ memberId }) => memberId).filter((id) => !restricted.has(id));
    await audit.record(tx, ctx, {
      action: "field.disclose",
      subject: { kind: "purpose", id: request.purpose },
      detail: { asked: asked.size, disclosed: agreed.length, recipient: request.recipient },
    });
    return agreed;
  });
}
