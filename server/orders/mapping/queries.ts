import { access } from "node:fs/promises";
import { and, asc, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { orderMappings } from "#db/schema/orders.ts";
import { staff } from "#db/schema/staff.ts";
import type { Context } from "../../core/context.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Keys } from "../../core/seal.ts";
import { uploadPath } from "../../core/uploads.ts";
import { ownOrderId } from "../formats/generic.ts";
import { platformsOfOrderId } from "../formats/index.ts";
import { orderKeys, ownId } from "../order-key.ts";
import type { Encoding, Platform } from "../reading/model.ts";
import type { Source } from "../reading/reading.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Look, look, possibleHeaders } from "./look.ts";
import type { LookAtUpload, Mapping, OrderMappingId } from "./model.ts";
import { fitsHeader } from "./rules.ts";

/** What an import may say beforehand of its file. */
type Said = {
  readonly platform?: Platform | undefined;
  readonly encoding?: Encoding | undefined;
  readonly mapping?: Mapping | undefined;
};

export type NamedMapping = { readonly id: OrderMappingId; readonly name: string; readonly mapping: Mapping };

/** An upload as it is looked at before it is imported. */
export type Glance = {
  readonly look: Look;
  /** The saved mappings of this very header. One is used unasked; of several somebody must choose. */
  readonly fitting: readonly NamedMapping[];
  /** Saved mappings of other headers all of whose columns this one has: somewhere to begin. */
  readonly near: readonly NamedMapping[];
  /** Whether it can be imported without a word about its columns. */
  readonly ready: boolean;
};

/** All mappings that read files, by name. */
export function list(reader: Reader) {
  return reader
    .select({
      id: orderMappings.id,
      name: orderMappings.name,
      mapping: orderMappings.mapping,
      savedAt: orderMappings.savedAt,
      savedBy: staff.name,
    })
    .from(orderMappings)
    .innerJoin(staff, eq(staff.id, orderMappings.savedBy))
    .where(isNull(orderMappings.deletedAt))
    .orderBy(asc(orderMappings.name));
}

/** The mapping of this name. Refuses: MAPPING_NOT_FOUND. */
export async function named(reader: Reader, name: string): Promise<Mapping> {
  const [found] = await reader
    .select({ mapping: orderMappings.mapping })
    .from(orderMappings)
    .where(and(eq(orderMappings.name, name), isNull(orderMappings.deletedAt)));
  if (found === undefined) throw new Refusal("MAPPING_NOT_FOUND", {}, "missing");
  return found.mapping;
}

/**
 * What was said of a file, and the saved mapping of its header where that settles how to read it: the only one of this very
 * header, of the platform that was named if one was. It comes before the platforms' own layouts: somebody looked.
 */
export async function withMapping<S extends Said>(reader: Reader, source: Source, said: S): Promise<S> {
  if (said.mapping !== undefined) return said;
  const [any] = await reader.select({ id: orderMappings.id }).from(orderMappings).limit(1);
  if (any === undefined) return said;
  const [only, other] = await fitting(reader, await possibleHeaders(source, said), said.platform);
  return only === undefined || other !== undefined ? said : { ...said, mapping: only.mapping };
}

/** Looks at an uploaded file before it is imported. Refuses: UPLOAD_NOT_FOUND. */
export async function glance({ db }: Pick<Context, "db">, { uploadId, ...said }: LookAtUpload): Promise<Glance> {
  const path = uploadPath(uploadId);
  await access(path).catch(() => {
    throw new Refusal("UPLOAD_NOT_FOUND", {}, "missing");
  });
  const seen = await look({ path }, said);
  if (seen.kind === "unreadable") return { look: seen, fitting: [], near: [], ready: true };
  const all = await list(db);
  const fits = await fitting(db, await possibleHeaders({ path }, said), said.platform);
  return {
    look: seen,
    fitting: fits,
    near: all.filter(({ id, mapping }) => fits.every((one) => one.id !== id) && fitsHeader(mapping, seen.header)),
    ready: fits.length === 1 || (fits.length === 0 && seen.known !== null),
  };
}

/** The keys under which an order of this number may lie: of each platform whose ids look so, and of every own source. */
export async function keysOfOrderId(reader: Reader, keys: Pick<Keys, "keyedHash">, id: string): Promise<Buffer[]> {
  const keyOf = orderKeys(keys);
  const issued = platformsOfOrderId(id).map((platform) => keyOf(platform, id));
  if (!ownOrderId.test(id)) return issued;
  const sources = await reader
    .selectDistinct({ source: orderMappings.source })
    .from(orderMappings)
    .where(isNotNull(orderMappings.source));
  return [...issued, ...sources.flatMap(({ source }) => (source === null ? [] : [keyOf("other", ownId(source, id))]))];
}

async function fitting(
  reader: Reader,
  headers: readonly (readonly string[])[],
  platform: Platform | undefined,
): Promise<NamedMapping[]> {
  if (headers.length === 0) return [];
  const found = await reader
    .select({ id: orderMappings.id, name: orderMappings.name, mapping: orderMappings.mapping })
    .from(orderMappings)
    .where(and(inArray(orderMappings.fingerprint, headers.map(fingerprintOf)), isNull(orderMappings.deletedAt)))
    .orderBy(desc(orderMappings.savedAt));
  return found.filter(({ mapping }) => platform === undefined || mapping.platform === platform);
}
