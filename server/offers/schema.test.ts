import { getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import * as schema from "#db/schema/offers.ts";

/** Where offers meet a member at all: counting uses. None of it is read by pricing. */
const countingUses = ["offer_uses", "offer_reservations"];

const impersonal = new Set([
  ..."id offerId versionId setId batchId decisionId version stamp hash position period state reason sku name category".split(
    " ",
  ),
  ..."terms termsHash question result resultHash groupHash versions editors used taken codeHash count".split(" "),
  ..."limitCount limitFen usedCount usedFen redeemedCount redeemedFen discountFen listPriceFen".split(" "),
  ..."createdAt savedAt approvedAt secondApprovedAt publishedAt effectiveFrom retiresAt decidedAt exhaustedAt firstUsedAt expiresAt settledAt".split(
    " ",
  ),
  ..."savedBy approvedBy secondApprovedBy draftedBy publishedBy decidedBy createdBy".split(" "),
]);

const tables = Object.values(schema).filter((value) => is(value, SQLiteTable));

test.each(tables.map((table) => [getTableName(table), table] as const))(
  "%s has no column about a person",
  (name, table) => {
    const columns = Object.keys(getTableColumns(table)).filter((column) => !impersonal.has(column));
    expect(columns).toEqual(countingUses.includes(name) ? ["memberId"] : []);
  },
);
