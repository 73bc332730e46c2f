import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { accessesToMe } from "../../audit/queries.ts";
import { type ConsentBrand, NOW, openConsentBrand } from "../testing.ts";
import { TICKET_MS, TICKET_WAIT_MS } from "./model.ts";
import * as queries from "./queries.ts";
import { read } from "./service.ts";
import * as tickets from "./tickets/service.ts";

const SWIM = "swim_preparation";
const later = (ms: number) => new Date(NOW.getTime() + ms);

let brand: ConsentBrand;
beforeAll(async () => {
  brand = await openConsentBrand();
});

describe("a read", () => {
  test("by the product itself gives the fields asked for and no other, and the member can see that it was made", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const subject = { memberId, childId };
    const values = await read(brand.at(NOW), { subject, purpose: SWIM, fields: ["child.weight"] });
    expect([...values]).toEqual([["child.weight", { value: "7.25", measuredOn: "2026-06-10" }]]);
    const [seen] = await accessesToMe(brand.as(memberId));
    expect(seen).toMatchObject({ action: "field.read", purpose: SWIM });
  });

  test("that is refused leaves an entry with the reason, and nothing of the value", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const curious = read(brand.by(brand.ann), {
      subject: { memberId, childId },
      purpose: SWIM,
      fields: ["child.weight"],
    });
    await expect(curious).rejects.toMatchObject({ code: "TICKET_REQUIRED", status: "forbidden" });
    const refused = (await brand.db.select().from(auditEntries).where(eq(auditEntries.memberId, memberId))).find(
      ({ outcome }) => outcome === "refused",
    );
    expect(refused).toMatchObject({
      action: "field.read",
      detail: { code: "TICKET_REQUIRED", fields: "child.weight" },
    });
  });

  test("of one child under another's consent gets nothing", async () => {
    const one = await brand.family();
    const other = await brand.family();
    await brand.agree(one.memberId, SWIM, one.childId);
    const mixed = { memberId: one.memberId, childId: other.childId };
    const crossed = read(brand.at(NOW), { subject: mixed, purpose: SWIM, fields: ["child.weight"] });
    await expect(crossed).rejects.toMatchObject({ code: "SEPARATE_CONSENT_REQUIRED" });
  });

  test("for a purpose or field that nobody knows is closed, each for its own reason", async () => {
    const { memberId, childId } = await brand.family();
    await brand.agree(memberId, SWIM, childId);
    const ask = (purpose: string, field: string) =>
      read(brand.at(NOW), { subject: { memberId, childId }, purpose, fields: [field] });
    await expect(ask("no_such_purpose", "child.weight")).rejects.toMatchObject({ code: "PURPOSE_UNKNOWN" });
    await expect(ask(SWIM, "child.shoeSize")).rejects.toMatchObject({ code: "FIELD_UNKNOWN" });
  });
});

describe("a minor's values", () => {
  const asked = { purpose: SWIM, fields: ["child.weight"], reason: "核对泳圈尺码投诉" };

  test("are seen by staff with leave of a second person, for half an hour, with the reason before the member's eyes", async () => {
    const family = await brand.family();
    await brand.agree(family.memberId, SWIM, family.childId);
    const { ticketId } = await tickets.request(brand.by(brand.ann), { ...family, ...asked });
    await expect(tickets.view(brand.by(brand.ann), { ticketId })).rejects.toMatchObject({ code: "TICKET_REQUIRED" });
    const own = tickets.decide(brand.by(brand.ann), { ticketId, approve: true });
    await expect(own).rejects.toMatchObject({ code: "TICKET_OWN" });
    await tickets.decide(brand.by(brand.officer), { ticketId, approve: true });
    expect(await tickets.view(brand.by(brand.ann), { ticketId })).toEqual([
      { field: "child.weight", value: "7.25", measuredOn: "2026-06-10" },
    ]);
    const [seen] = await accessesToMe(brand.as(family.memberId));
    expect(seen).toMatchObject({ action: "field.read", purpose: SWIM, role: "operator" });
    const over = tickets.view(brand.by(brand.ann, later(TICKET_MS)), { ticketId });
    await expect(over).rejects.toMatchObject({ code: "TICKET_REQUIRED" });
  });

  test("stay closed to whoever did not ask, for other fields, after a refusal, and when nobody decided in time", async () => {
    const family = await brand.family();
    await brand.agree(family.memberId, SWIM, family.childId);
    const { ticketId } = await tickets.request(brand.by(brand.ann), { ...family, ...asked });
    await tickets.decide(brand.by(brand.officer), { ticketId, approve: true });
    await expect(tickets.view(brand.by(brand.ben), { ticketId })).rejects.toMatchObject({ code: "TICKET_NOT_FOUND" });
    const wider = read(brand.by(brand.ann), { subject: family, purpose: SWIM, fields: ["child.birthMonth"], ticketId });
    await expect(wider).rejects.toMatchObject({ code: "TICKET_REQUIRED" });
    await expect(tickets.decide(brand.by(brand.officer), { ticketId, approve: false })).rejects.toMatchObject({
      code: "TICKET_DECIDED",
    });

    const declined = await tickets.request(brand.by(brand.ben), { ...family, ...asked });
    await tickets.decide(brand.by(brand.officer), { ...declined, approve: false });
    await expect(tickets.view(brand.by(brand.ben), declined)).rejects.toMatchObject({ code: "TICKET_REQUIRED" });
    const waited = await tickets.request(brand.by(brand.ben), { ...family, ...asked });
    const tooLate = tickets.decide(brand.by(brand.officer, later(TICKET_WAIT_MS)), { ...waited, approve: true });
    await expect(tooLate).rejects.toMatchObject({ code: "TICKET_OVER" });
  });

  test("are asked for in a list that shows everybody's requests to whoever decides, and one's own to others", async () => {
    const family = await brand.family();
    const mine = await tickets.request(brand.by(brand.ann), { ...family, ...asked });
    const listed = async (ctx: Parameters<typeof queries.tickets>[0]) =>
      (await queries.tickets(ctx, { state: "requested", size: 50 })).tickets.map(({ id }) => id);
    expect(await listed(brand.by(brand.officer))).toContain(mine.ticketId);
    expect(await listed(brand.by(brand.ann))).toContain(mine.ticketId);
    expect(await listed(brand.by(brand.ben))).not.toContain(mine.ticketId);
    await expect(queries.ticket(brand.by(brand.ben), mine.ticketId)).rejects.toMatchObject({
      code: "TICKET_NOT_FOUND",
    });
  });
});
