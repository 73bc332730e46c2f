import { hash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { originOf } from "#db/join.ts";
import { decisions, offerSets } from "#db/schema/offers.ts";
import type { Context } from "../../core/context.ts";
import type { DecisionId } from "../../core/id.ts";
import type { OfferSetId, Question, Quote } from "../model.ts";
import type { OffersInForce } from "../queries.ts";
import { answerText, groupText, storedQuestion, storedResult } from "./rules.ts";

type Row = typeof decisions.$inferInsert;
type Waiting = { readonly row: Row; readonly done: () => void; readonly failed: (reason: unknown) => void };

/** Decisions of one database that wait for the next commit. One commit carries all that came in during the last. */
type Writer = { waiting: Waiting[]; writing: boolean };

const writers = new WeakMap<Db, Writer>();
/** Only ids that are committed: a transaction that was joined may yet be undone. */
const setIds = new WeakMap<OffersInForce, OfferSetId>();
const ROWS_A_COMMIT = 500;

/** Keeps a decision so that it can be replayed and explained. Answers once it is durable. */
export async function record(
  ctx: Context,
  offers: OffersInForce,
  question: Question,
  quote: Quote,
): Promise<DecisionId> {
  const setId = await setIdOf(ctx, offers);
  const id = ctx.newId<"decision">();
  const stored = storedQuestion(question);
  await commit(ctx.db, {
    id,
    setId,
    question: stored,
    result: storedResult(quote),
    resultHash: digest(answerText(quote)),
    groupHash: digest(groupText(offers.compiled, setId, stored)),
    decidedAt: ctx.now,
  });
  return id;
}

/** SHA-256 in base64url. */
export function digest(text: string): string {
  return hash("sha256", text, "base64url");
}

function commit(db: Db, row: Row): Promise<void> {
  const writer = writers.get(db) ?? { waiting: [], writing: false };
  writers.set(db, writer);
  return new Promise((done, failed) => {
    writer.waiting.push({ row, done, failed });
    if (!writer.writing) void write(db, writer);
  });
}

async function write(db: Db, writer: Writer): Promise<void> {
  writer.writing = true;
  while (writer.waiting.length > 0) {
    const group = writer.waiting.splice(0, ROWS_A_COMMIT);
    try {
      await db.transact((tx) =>
        tx
          .bulkInsert(
            decisions,
            group.map(({ row }) => row),
          )
          .then(() => undefined),
      );
      for (const { done } of group) done();
    } catch (reason) {
      for (const { failed } of group) failed(reason);
    }
  }
  writer.writing = false;
}

/** The id under which this set of versions is kept; made on its first use, whichever process that is in. */
async function setIdOf(ctx: Context, offers: OffersInForce): Promise<OfferSetId> {
  const known = setIds.get(offers);
  if (known !== undefined) return known;
  const setHash = digest(JSON.stringify(offers.members));
  const row = { id: ctx.newId<"offerSet">(), hash: setHash, versions: offers.members, firstUsedAt: ctx.now };
  const id = await ctx.db.transact(async (tx) => {
    await tx.insert(offerSets).values(row).onConflictDoNothing();
    const [set] = await tx.select({ id: offerSets.id }).from(offerSets).where(eq(offerSets.hash, setHash));
    return set?.id ?? row.id;
  });
  if (originOf(ctx.db) === ctx.db) setIds.set(offers, id);
  return id;
}
