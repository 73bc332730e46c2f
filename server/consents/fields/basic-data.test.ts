import { getTableColumns, getTableName, is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import * as schema from "#db/schema/index.ts";
import { standardActivities } from "../activities/standard.ts";
import { basicData } from "./basic-data.ts";
import { builtInFields } from "./catalogue.ts";

const words = (text: string) => text.trim().split(/\s+/);

/** Tables that point to nobody but hold what belongs to somebody. */
const withoutReference = words(`
  audit_entries limit_counters one_time_codes sms_outbox passkey_challenges
  import_findings import_rejects overwritten_orders overwritten_numbers
`);

/** Tables about no member and no child: terms and texts, the machinery, and employees, who have a notice of their own. */
const impersonal = new Set([
  ...words("activities activity_versions impact_assessments impact_decisions brand_fields"),
  ...words("notice_drafts notice_versions served_screens"),
  ...words("benefits benefit_versions stores slots tier_ladder_drafts tier_ladders tier_totals member_totals"),
  ...words("points_proposals points_policies"),
  ...words("offers offer_drafts offer_versions offer_retirements offer_stamp offer_budgets offer_code_batches"),
  ...words(
    "offer_codes offer_sets decisions showcase_products import_batches order_mappings saved_views order_exports",
  ),
  ...words("audit_checkpoints audit_leaves audit_nodes audit_pending jobs job_schedules idempotent_answers api_keys"),
  ...words("staff staff_roles staff_sessions staff_totps staff_passkeys staff_invitations store_staff"),
]);

/** Columns that say nothing about anybody, in whatever table: ids of rows and staff, our own counters and instants. */
const saysNothing = new Set([
  ...words("id member_id child_id subject_id owner_id relation_id order_id batch_id previous_batch_id claim_id"),
  ...words(
    "version_id decision_id served_id notice_version_id event_id audit_entry_id code_id booking_id source_id lot_id",
  ),
  ...words("decided_by requested_by granted_by revoked_by opened_by deducted_by staff_id role"),
  ...words("seq last_seq revision position purpose_version notice_hash tries_left bucket holds_values"),
  ...words("created_at expires_at decided_at granted_at requested_at used_at handed_over_at kind code"),
]);
/** Columns of one table that say nothing there. */
const saysNothingThere = new Set([
  "members.state",
  "one_time_codes.purpose",
  "passkey_challenges.purpose",
  "member_keys.wrapped",
]);
/** Where gated values lie, each under its own consent. */
const vault = "vault_values";

const tables = Object.values(schema).filter((value) => is(value, SQLiteTable));
const targets = (table: SQLiteTable) => getTableConfig(table).foreignKeys.map((key) => key.reference().foreignTable);

/** Tables that lead to a member or child, over however many others. */
function personal(): Set<string> {
  const found = new Set(["members", "children", ...withoutReference]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const table of tables) {
      const leads = targets(table).some((target) => found.has(getTableName(target)));
      if (leads && !impersonal.has(getTableName(table))) found.add(getTableName(table));
    }
  }
  return found;
}

const columns = tables
  .map((table) => ({ name: getTableName(table), table }))
  .filter(({ name }) => personal().has(name) && name !== vault)
  .flatMap(({ name, table }) => Object.values(getTableColumns(table)).map((column) => `${name}.${column.name}`));
const listed = basicData.flatMap(({ locations }) => locations);

describe("the catalogue of what is collected", () => {
  test("every table is about somebody, or was looked at and is not", () => {
    const about = personal();
    const unknown = tables.map(getTableName).filter((name) => !about.has(name) && !impersonal.has(name));
    expect(unknown).toEqual([]);
    expect([...impersonal].filter((name) => about.has(name))).toEqual([]);
  });

  test("no table that points straight to a member or child is called impersonal", () => {
    const straight = tables.filter((table) =>
      targets(table).some((target) => ["members", "children"].includes(getTableName(target))),
    );
    expect(straight.map(getTableName).filter((name) => impersonal.has(name))).toEqual([]);
  });

  test("every column about a person is listed, or says nothing about anybody", () => {
    const missing = columns.filter(
      (column) =>
        !listed.includes(column) && !saysNothingThere.has(column) && !saysNothing.has(column.split(".")[1] ?? ""),
    );
    expect(missing).toEqual([]);
  });

  test("every place that is listed exists, and holds one datum", () => {
    expect(listed.filter((place) => !columns.includes(place))).toEqual([]);
    expect(listed.filter((place, index) => listed.indexOf(place) !== index)).toEqual([]);
    const known = new Set(columns.map((column) => column.split(".")[1]));
    expect([...saysNothing].filter((name) => !known.has(name))).toEqual([]);
    expect([...saysNothingThere].filter((place) => !columns.includes(place))).toEqual([]);
  });

  test("every datum is for something the product does, under a name of its own", () => {
    const codes = new Set(standardActivities({ sms: "off" }).map(({ code }) => code));
    for (const { key, purposes } of basicData) {
      expect(purposes.length, key).toBeGreaterThan(0);
      expect(
        purposes.filter((code) => !codes.has(code)),
        key,
      ).toEqual([]);
    }
    const keys = [...basicData.map(({ key }) => key), ...builtInFields.map(({ key }) => key)];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("every activity of the product's own has data, and what is of a child is a minor's", () => {
    const used = new Set(basicData.flatMap(({ purposes }) => purposes));
    expect(standardActivities({ sms: "off" }).filter(({ code }) => !used.has(code))).toEqual([]);
    expect(basicData.filter((datum) => (datum.subject === "child") !== (datum.class === "minor"))).toEqual([]);
  });
});
