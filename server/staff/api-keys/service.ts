import { randomBytes } from "node:crypto";
import { and, eq, isNull, ne, or } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { apiKeys } from "#db/schema/api-keys.ts";
import * as audit from "../../audit/service.ts";
import type { Actor, Context, StaffActor } from "../../core/context.ts";
import type { Id } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { businessDay } from "../../core/time.ts";
import { hashToken, mintToken } from "../../core/token.ts";
import { type CreateApiKey, KEY_PREFIX, type RevokeApiKey } from "./model.ts";
import { type Allowance, fullAllowance, spend } from "./rules.ts";

type ApiKeyRow = typeof apiKeys.$inferSelect;
type ApiKeyActor = Extract<Actor, { kind: "apiKey" }>;

/** How many characters of a key are kept in clear: the prefix and six more. */
const SHOWN = KEY_PREFIX.length + 6;

/** Makes a key. It is in the answer and nowhere else: only its hash is stored. */
export async function create(ctx: Context<StaffActor>, { name, scopes }: CreateApiKey) {
  const key = KEY_PREFIX + mintToken(randomBytes);
  const id = ctx.newId<"apiKey">();
  await ctx.db.transact(async (tx) => {
    await tx.insert(apiKeys).values({
      id,
      name,
      start: key.slice(0, SHOWN),
      hash: hashToken(key),
      scopes: [...new Set(scopes)],
      createdBy: ctx.actor.id,
      createdAt: ctx.now,
    });
    await audit.record(tx, ctx, {
      action: "apiKey.create",
      subject: { kind: "apiKey", id },
      detail: { scopes: scopes.join(" ") },
    });
  });
  return { apiKeyId: id, key };
}

/** Ends a key for good, in this process at once, in others within a second. Refuses: API_KEY_NOT_FOUND, API_KEY_ALREADY_REVOKED. */
export async function revoke(ctx: Context<StaffActor>, { apiKeyId }: RevokeApiKey): Promise<void> {
  await ctx.db.transact(async (tx) => {
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: ctx.now })
      .where(and(eq(apiKeys.id, apiKeyId), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked === undefined) {
      const [known] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, apiKeyId));
      throw known === undefined
        ? new Refusal("API_KEY_NOT_FOUND", {}, "missing")
        : new Refusal("API_KEY_ALREADY_REVOKED");
    }
    await audit.record(tx, ctx, { action: "apiKey.revoke", subject: { kind: "apiKey", id: apiKeyId } });
  });
  doorOf(ctx.db).known.clear();
}

/** How long a looked-up key is believed. */
const BELIEVED_MS = 1_000;

type Door = {
  readonly known: Map<string, { readonly actor: ApiKeyActor; readonly until: number }>;
  readonly allowances: Map<Id<"apiKey">, Allowance>;
};
/** What this process remembers of the keys of one database; gone with the process. */
const doors = new WeakMap<object, Door>();

function doorOf(db: Db): Door {
  const door = doors.get(db) ?? { known: new Map(), allowances: new Map() };
  doors.set(db, door);
  return door;
}

/**
 * Who bears this key, counted against its allowance.
 * Refuses: API_KEY_INVALID (unknown, malformed or revoked alike), API_KEY_THROTTLED.
 */
export async function authenticate(ctx: Context, key: string): Promise<ApiKeyActor> {
  const { known, allowances } = doorOf(ctx.db);
  const now = ctx.now.getTime();
  const remembered = known.get(key);
  const actor = remembered !== undefined && remembered.until > now ? remembered.actor : await lookUp(ctx, key);
  if (actor === null) {
    known.delete(key);
    throw new Refusal("API_KEY_INVALID", {}, "unauthenticated");
  }
  if (actor !== remembered?.actor) known.set(key, { actor, until: now + BELIEVED_MS });
  const allowance = spend(allowances.get(actor.id) ?? fullAllowance(ctx.now), ctx.now);
  if (allowance === null) throw new Refusal("API_KEY_THROTTLED", { seconds: 1 }, "throttled");
  allowances.set(actor.id, allowance);
  return actor;
}

async function lookUp(ctx: Context, key: string): Promise<ApiKeyActor | null> {
  if (!key.startsWith(KEY_PREFIX)) return null;
  const [row] = await ctx.db
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.hash, hashToken(key)));
  if (row === undefined) return null;
  if (row.revokedAt !== null) {
    await recordRefusal(ctx, row);
    return null;
  }
  const today = businessDay(ctx.now);
  if (row.lastUsedDay !== today) {
    await ctx.db.transact(async (tx) => {
      await tx.update(apiKeys).set({ lastUsedDay: today }).where(eq(apiKeys.id, row.id));
    });
  }
  return { kind: "apiKey", id: row.id, scopes: new Set(row.scopes) };
}

/** Somebody still bears a key that was revoked: worth one entry a day. */
async function recordRefusal(ctx: Context, { id, refusedDay }: Pick<ApiKeyRow, "id" | "refusedDay">): Promise<void> {
  const today = businessDay(ctx.now);
  if (refusedDay === today) return;
  await ctx.db.transact(async (tx) => {
    const [first] = await tx
      .update(apiKeys)
      .set({ refusedDay: today })
      .where(and(eq(apiKeys.id, id), or(isNull(apiKeys.refusedDay), ne(apiKeys.refusedDay, today))))
      .returning({ id: apiKeys.id });
    if (first === undefined) return;
    await audit.record(tx, ctx, { action: "apiKey.refuse", subject: { kind: "apiKey", id }, outcome: "refused" });
  });
}
