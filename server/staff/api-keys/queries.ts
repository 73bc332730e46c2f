import { desc } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { apiKeys } from "#db/schema/api-keys.ts";

/** Every key there is, newest first; never the key or its hash. */
export async function list(reader: Reader) {
  return reader
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      start: apiKeys.start,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      lastUsedDay: apiKeys.lastUsedDay,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
}
