import { hash } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { consentEvents, disposals, servedEvents, servedScreens } from "#db/schema/consents.ts";
import { guardianRelations } from "#db/schema/guardianship.ts";
import type { AuditEntryId } from "../../audit/model.ts";
import * as audit from "../../audit/queries.ts";
import { canonicalText } from "../../audit/rules.ts";
import type { Context, MemberActor } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Site } from "../../core/site.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import { hashedEvent } from "../ledger/rules.ts";
import type { ConsentEventId } from "../model.ts";
import { noticeVersion } from "../notices/queries.ts";
import {
  CERTIFICATE_SCHEMA,
  type Certificate,
  type LogProof,
  RECEIPT_SCHEMA,
  type Receipt,
  type SignedCertificate,
  type SignedReceipt,
} from "./model.ts";

type House = Pick<Site, "operator" | "privacyContact">;

/** Where somebody complains who is not content with the handler's answer (PIPL Art. 50, 65). */
const COMPLAINT = {
  "zh-CN": "可以向个人信息保护负责人投诉，也可以向网信部门投诉、举报，或向人民法院起诉。",
  en: "Complain to the person in charge of personal information, to the cyberspace administration, or to a people's court.",
};

/**
 * The signed receipt of one of the member's own events. `log` is null until the event is sealed, within a second or so.
 * Refuses: RECEIPT_NOT_FOUND.
 */
export async function receipt(
  ctx: Context<MemberActor>,
  eventId: ConsentEventId,
  house: House,
): Promise<SignedReceipt> {
  const [row] = await ctx.db
    .select({ event: consentEvents, served: servedEvents, screen: servedScreens, relation: guardianRelations })
    .from(consentEvents)
    .innerJoin(servedEvents, eq(servedEvents.id, consentEvents.servedId))
    .innerJoin(servedScreens, eq(servedScreens.hash, servedEvents.screenHash))
    .leftJoin(guardianRelations, eq(guardianRelations.id, consentEvents.relationId))
    .where(and(eq(consentEvents.id, eventId), eq(consentEvents.memberId, ctx.actor.id)));
  const notice = row === undefined ? null : await noticeVersion(ctx.db, row.event.noticeVersionId);
  const frozen = notice?.purposes.find(({ code }) => code === row?.event.purpose);
  if (row === undefined || notice === null || frozen === undefined)
    throw new Refusal("RECEIPT_NOT_FOUND", {}, "missing");
  const { hash: eventHash, auditEntryId, ...event } = row.event;
  const definitions = await fieldDefinitions(ctx.db);
  const { terms } = frozen;
  const document: Receipt = {
    schema: RECEIPT_SCHEMA,
    receiptId: eventId,
    jurisdiction: "CN",
    handler: { name: house.operator, contact: house.privacyContact },
    subject: {
      pseudonym: hash("sha256", `evenhand/subject ${event.childId ?? event.memberId}`, "base64url"),
      kind: event.childId === null ? "member" : "child",
      guardian: row.relation && { relation: row.relation.relation, method: row.relation.method },
    },
    purpose: {
      code: event.purpose,
      version: event.purposeVersion,
      name: terms.name,
      purpose: terms.purpose,
      basis: terms.basis,
      consentKind: terms.consentKind,
      method: terms.method,
      retention: terms.retention,
      disposal: "erase",
      storagePlace: terms.storagePlace,
      impact: terms.impact,
      refusal: terms.refusal,
      automatedDecision: terms.automatedDecision,
      recipients: terms.recipients.map(({ name, contact, relation, country }) => ({
        name,
        contact,
        relation,
        country,
      })),
    },
    fields: terms.fields.flatMap(({ key, necessity, mandatory }) => {
      const definition = definitions.get(key);
      if (definition === undefined) return [];
      const { name, class: of } = definition;
      return [{ key, name, class: of, necessity, mandatory, covered: event.fields.includes(key) }];
    }),
    notice: {
      key: notice.key,
      version: notice.version,
      sha256: notice.hash,
      publishedAt: notice.publishedAt.toISOString(),
    },
    screen: { hash: row.screen.hash, locale: row.screen.locale, words: { ...row.screen.words } },
    shownAt: row.served.shownAt.toISOString(),
    decidedAt: event.at.toISOString(),
    rights: { withdrawal: "/consents", contact: house.privacyContact, complaint: COMPLAINT },
    event: { ...hashedEvent(event), fields: [...event.fields] },
    eventHash,
    log: await proofOf(ctx.db, auditEntryId),
  };
  return { document, signature: sign(ctx, document) };
}

/** The certificates of what was erased with one of the member's own events; none where it erased nothing. */
export async function certificates(
  ctx: Context<MemberActor>,
  eventId: ConsentEventId,
  house: House,
): Promise<SignedCertificate[]> {
  const rows = await ctx.db
    .select()
    .from(disposals)
    .where(and(eq(disposals.eventId, eventId), eq(disposals.memberId, ctx.actor.id)))
    .orderBy(asc(disposals.id));
  const [event] = await ctx.db
    .select({ auditEntryId: consentEvents.auditEntryId })
    .from(consentEvents)
    .where(eq(consentEvents.id, eventId));
  const log = event === undefined ? null : await proofOf(ctx.db, event.auditEntryId);
  return rows.map(({ id, purpose, fields, erased, trigger, at }) => {
    const document: Certificate = {
      schema: CERTIFICATE_SCHEMA,
      certificateId: id,
      handler: { name: house.operator, contact: house.privacyContact },
      eventId,
      purpose,
      fields: [...fields],
      erased,
      remaining: 0,
      trigger,
      at: at.toISOString(),
      log,
    };
    return { document, signature: sign(ctx, document) };
  });
}

async function proofOf(reader: Reader, auditEntryId: AuditEntryId): Promise<LogProof | null> {
  const { text, seq, proof } = await audit.entry(reader, auditEntryId);
  if (seq === null || proof === null) return null;
  const { leaf, path, size, root, checkpoint } = proof;
  return { entry: text, leaf, seq, path, size, root, checkpoint };
}

function sign(ctx: Context, document: Receipt | Certificate): SignedReceipt["signature"] {
  return {
    algorithm: "Ed25519",
    publicKey: Buffer.from(ctx.keys.publicKey).toString("base64"),
    value: ctx.keys.sign(signedBytes(document)).toString("base64"),
  };
}

/** What the signature of a document covers: its canonical JSON (RFC 8785). */
export function signedBytes(document: Receipt | Certificate): Buffer {
  return Buffer.from(canonicalText(document));
}
