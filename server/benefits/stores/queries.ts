import { and, asc, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { storeStaff, stores } from "#db/schema/benefits.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import type { StaffId } from "../../core/id.ts";
import type { PublicText } from "../../core/public-text.ts";
import { Refusal } from "../../core/refusal.ts";
import type { BenefitTerms, StoreId } from "../model.ts";
import { isUsedAt } from "../rules.ts";

export type Store = {
  readonly id: StoreId;
  readonly name: PublicText;
  readonly address: PublicText;
  readonly open: boolean;
};
const columns = { id: stores.id, name: stores.name, address: stores.address, open: stores.open };

/** Every store, in the order in which they opened. Stores are counted in hundreds: read whole. */
export async function list(reader: Reader): Promise<Store[]> {
  return reader.select(columns).from(stores).orderBy(asc(stores.id));
}

/** The open stores at which somebody works. */
export async function storesOf(reader: Reader, staffId: StaffId): Promise<Store[]> {
  return reader
    .select(columns)
    .from(storeStaff)
    .innerJoin(stores, eq(stores.id, storeStaff.storeId))
    .where(and(eq(storeStaff.staffId, staffId), eq(stores.open, true)))
    .orderBy(asc(stores.id));
}

/** Whoever may work at stores, and whether they work at this one. */
export async function staffOf(reader: Reader, storeId: StoreId) {
  const assigned = await reader
    .select({ staffId: storeStaff.staffId })
    .from(storeStaff)
    .where(eq(storeStaff.storeId, storeId));
  const here = new Set(assigned.map(({ staffId }) => staffId));
  const people = await reader
    .select({ id: staff.id, name: staff.name })
    .from(staffRoles)
    .innerJoin(staff, eq(staff.id, staffRoles.staffId))
    .where(and(eq(staffRoles.role, "storeStaff"), eq(staff.state, "active")))
    .orderBy(asc(staff.id));
  return people.map((person) => ({ ...person, works: here.has(person.id) }));
}

/** Refuses STORE_NOT_YOURS unless the member of staff works at the store and it is open. */
export async function demandWorksAt(reader: Reader, staffId: StaffId, storeId: StoreId): Promise<void> {
  const own = await storesOf(reader, staffId);
  if (!own.some(({ id }) => id === storeId)) throw new Refusal("STORE_NOT_YOURS", {}, "forbidden");
}

/** Refuses STORE_WRONG, with the names of the right ones, where a benefit is not used at the store. */
export async function demandUsedAt(
  reader: Reader,
  terms: Pick<BenefitTerms, "stores">,
  storeId: StoreId,
): Promise<void> {
  if (isUsedAt(terms, storeId)) return;
  throw wrongStore((await list(reader)).filter(({ id }) => terms.stores.includes(id)));
}

/** The refusal that names where it would be right, in both languages of the product. */
export function wrongStore(right: readonly Pick<Store, "name">[]): Refusal {
  return new Refusal("STORE_WRONG", { stores: right.map(({ name }) => `${name["zh-CN"]} ${name.en}`).join(" / ") });
}
