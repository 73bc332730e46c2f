import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { readTickets } from "#db/schema/consents.ts";
import * as audit from "../../audit/service.ts";
import type { Actor, Context } from "../../core/context.ts";
import { Refusal, type Verdict } from "../../core/refusal.ts";
import { type ActivityInForce, activityInForce } from "../activities/queries.ts";
import type { FieldKey, FieldValue } from "../fields/model.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import { BIRTH_MONTH } from "../guardianship/rules.ts";
import { grantOf } from "../ledger/events/service.ts";
import type { PurposeCode, Subject } from "../model.ts";
import type { TicketId } from "./model.ts";
import { groundsOf } from "./queries.ts";
import { mayRead, type Reader } from "./rules.ts";
import { extendRetention, openValues } from "./vault/service.ts";

export type ReadRequest = {
  readonly subject: Subject;
  readonly fields: readonly FieldKey[];
  readonly purpose: PurposeCode;
  /** Leave of a second person to look (staff). */
  readonly ticketId?: TicketId;
  /** Vouched for by the service that scanned the member's code just now. */
  readonly duty?: "redemption";
  /** Where the values go, ISO 3166-1 alpha-2; this country unless said. */
  readonly destination?: string;
};

/** The values asked for, or the first step that stopped the read. */
export type ReadAnswer =
  | { readonly ok: true; readonly values: ReadonlyMap<FieldKey, FieldValue> }
  | Extract<Verdict, { ok: false }>;

/**
 * Reads gated values: the only way there is. Declares a purpose, passes every step of `mayRead` or gets nothing, and
 * leaves an entry that the member can see, also of a refused try (promise 21). Refuses with the code of the step.
 */
export async function read(ctx: Context, request: ReadRequest): Promise<ReadonlyMap<FieldKey, FieldValue>> {
  const answer = await ctx.db.transact((tx) => readIn(tx, ctx, request));
  if (!answer.ok) throw new Refusal(answer.code, answer.condition, "forbidden");
  return answer.values;
}

/** `read` within a transaction at hand. A "no" is an answer, not an error, so that the entry about it is kept. */
export async function readIn(tx: Tx, ctx: Context, request: ReadRequest): Promise<ReadAnswer> {
  const { subject, fields, purpose } = request;
  const activity = await activityInForce(tx, purpose);
  const { grant, relation, restricted } = await groundsOf(tx, subject, purpose);
  const opened = grant?.state === "granted" ? await openValues(tx, ctx, grant.id) : [];
  const verdict = mayRead({
    reader: readerOf(ctx.actor, subject),
    fields,
    knownFields: await knownAmong(tx, fields, activity),
    activity,
    grant,
    relation,
    birthMonth: opened.find(({ field }) => field === BIRTH_MONTH)?.value ?? null,
    restricted,
    destination: request.destination ?? "CN",
    onDuty: request.duty === "redemption",
    ticketed: await isTicketed(tx, ctx, request),
    valued: new Set(opened.map(({ field }) => field)),
    at: ctx.now,
  });
  await audit.record(tx, ctx, {
    action: "field.read",
    subject: { kind: subject.childId === null ? "member" : "child", id: subject.childId ?? subject.memberId },
    memberId: subject.memberId,
    purpose,
    outcome: verdict.ok ? "done" : "refused",
    detail: {
      fields: fields.join(" "),
      code: verdict.ok ? null : verdict.code,
      ticket: request.ticketId ?? null,
      destination: request.destination ?? null,
    },
  });
  if (!verdict.ok) return verdict;
  const wanted = opened.filter(({ field }) => fields.includes(field));
  return { ok: true, values: new Map(wanted.map(({ field, value, measuredOn }) => [field, { value, measuredOn }])) };
}

/** The fields that are in the catalogue. Terms in force name no others, and the catalogue only grows. */
async function knownAmong(
  tx: Tx,
  fields: readonly FieldKey[],
  activity: ActivityInForce | null,
): Promise<ReadonlySet<FieldKey>> {
  const named = new Set(activity?.terms.fields.map(({ key }) => key));
  return fields.every((key) => named.has(key)) ? named : new Set((await fieldDefinitions(tx)).keys());
}

/** The purpose was served once more: where values are kept for so long after the last use, the time begins anew. */
export async function keepAfterUse(
  tx: Tx,
  ctx: Pick<Context, "now">,
  { subject, purpose }: { readonly subject: Subject; readonly purpose: PurposeCode },
): Promise<void> {
  const activity = await activityInForce(tx, purpose);
  const grant = await grantOf(tx, subject, purpose);
  if (activity !== null && grant?.state === "granted") {
    await extendRetention(tx, ctx, grant.id, activity.terms.retention);
  }
}

function readerOf(actor: Actor, subject: Subject): Reader {
  switch (actor.kind) {
    case "system":
    case "apiKey":
      return { kind: actor.kind };
    case "member":
      return { kind: actor.id === subject.memberId ? "self" : "nobody" };
    case "staff":
      return {
        kind: "staff",
        serves: actor.permissions.has("benefit:redeem"),
        views: actor.permissions.has("field:view"),
      };
    default:
      return { kind: "nobody" };
  }
}

/** A ticket opens what it names, to whoever asked for it, until its time is over. */
async function isTicketed(tx: Tx, ctx: Context, { ticketId, subject, purpose, fields }: ReadRequest): Promise<boolean> {
  if (ticketId === undefined || ctx.actor.kind !== "staff") return false;
  const [ticket] = await tx.select().from(readTickets).where(eq(readTickets.id, ticketId));
  return (
    ticket !== undefined &&
    ticket.state === "approved" &&
    ticket.requestedBy === ctx.actor.id &&
    ticket.memberId === subject.memberId &&
    ticket.childId === subject.childId &&
    ticket.purpose === purpose &&
    ticket.expiresAt > ctx.now &&
    fields.every((key) => ticket.fields.includes(key))
  );
}
