import { count, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { memberKeys } from "#db/schema/members.ts";

/** How many members' keys each key-encryption key holds, by its id: bytes 3 to 6 of a wrapped key say which it is. */
export async function memberKeysByKeyId(reader: Reader): Promise<ReadonlyMap<number, number>> {
  const keyId = sql<Buffer>`substr(${memberKeys.wrapped}, 3, 4)`;
  const rows = await reader.select({ keyId, members: count() }).from(memberKeys).groupBy(keyId);
  return new Map(rows.map((row) => [row.keyId.readUInt32BE(0), row.members]));
}
