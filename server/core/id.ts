import { z } from "zod";

declare const kind: unique symbol;

/** A UUIDv7 (RFC 9562) that names one kind of thing: a `MemberId` cannot stand where an `OrderId` is asked for. */
export type Id<K extends string> = string & { readonly [kind]: K };

export type MemberId = Id<"member">;
export type StaffId = Id<"staff">;
export type TierLadderId = Id<"tierLadder">;
export type OfferId = Id<"offer">;
export type OrderId = Id<"order">;
export type ImportBatchId = Id<"importBatch">;
export type ClaimId = Id<"claim">;
export type DecisionId = Id<"decision">;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a canonical lower-case UUIDv7. The kind is the caller's claim: an id alone does not say what it names. */
export function isId<K extends string>(text: string): text is Id<K> {
  return UUID_V7.test(text);
}

/** Parses an id that came from outside; anything but a canonical UUIDv7 is refused. */
export function idSchema<K extends string>() {
  return z.string().refine((text): text is Id<K> => isId<K>(text), { message: "id" });
}

/** The lowest id of that instant: whatever was made then or later has a higher one. */
export function firstIdAt<K extends string>(at: Date): Id<K> {
  const ms = at.getTime().toString(16).padStart(12, "0");
  const text = `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
  if (!isId<K>(text)) throw new RangeError("the instant is outside the range of UUIDv7");
  return text;
}

/** Mints ids; injected, so that tests and replays can fix them. */
export type NewId = <K extends string>() => Id<K>;

/**
 * A source of UUIDv7 ids: 48 bits of UTC milliseconds, 12 bits that count up within one millisecond, 62 random bits.
 * Ids of one source sort in the order in which they were made.
 */
export function idSource(now: () => number, randomBytes: (size: number) => Uint8Array): NewId {
  let last = 0;
  let counter = 0;
  return <K extends string>() => {
    const instant = now();
    if (instant > last) {
      last = instant;
      counter = 0;
    } else if (++counter > 0xfff) {
      last += 1;
      counter = 0;
    }
    const tail = randomBytes(8);
    tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80;
    const hex = `${last.toString(16).padStart(12, "0")}7${counter.toString(16).padStart(3, "0")}${Buffer.from(tail).toString("hex")}`;
    const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    if (!isId<K>(text)) throw new RangeError("the clock is outside the range of UUIDv7");
    return text;
  };
}
