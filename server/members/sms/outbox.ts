import { and, desc, eq, gt, lt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { smsOutbox } from "#db/schema/members.ts";
import type { Context } from "../../core/context.ts";
import { hashToken } from "../../core/token.ts";
import type { Visit } from "../../core/visit.ts";
import { CODE_MS } from "../codes/rules.ts";
import { maskPhone } from "../rules.ts";
import type { SmsGateway } from "./gateway.ts";

const place = (row: string) => ({ table: "sms_outbox", column: "sealed", row });

/** The gateway of demo and development: keeps the message for the screen of the browser that asked for it. */
export const outboxGateway: SmsGateway = {
  async send(ctx, { phone, code, browser }) {
    const id = ctx.newId<"sms">();
    const sealed = ctx.keys.sealForSystem(`${maskPhone(phone)} ${code}`, place(id));
    await ctx.db.transact(async (tx) => {
      await tx.insert(smsOutbox).values({ id, browser, sealed, createdAt: ctx.now });
    });
  },
};

export type OutboxMessage = {
  readonly id: string;
  readonly phone: string;
  readonly code: string;
  readonly sentAt: Date;
};

/** What was "sent" to this browser while it still counts, newest first. */
export async function outboxOf(ctx: Context, visit: Visit): Promise<OutboxMessage[]> {
  const rows = await ctx.db
    .select()
    .from(smsOutbox)
    .where(
      and(
        eq(smsOutbox.browser, hashToken(visit.browserId)),
        gt(smsOutbox.createdAt, new Date(ctx.now.getTime() - CODE_MS)),
      ),
    )
    .orderBy(desc(smsOutbox.createdAt))
    .limit(3);
  return rows.map(({ id, sealed, createdAt }) => {
    const [phone = "", code = ""] = ctx.keys.openForSystem(sealed, place(id)).split(" ");
    return { id, phone, code, sentAt: createdAt };
  });
}

/** Forgets messages whose codes no longer count. */
export async function sweepOutbox(tx: Tx, ctx: Pick<Context, "now">): Promise<void> {
  await tx.delete(smsOutbox).where(lt(smsOutbox.createdAt, new Date(ctx.now.getTime() - CODE_MS)));
}
