import fc from "fast-check";
import { expect, test } from "vitest";
import { importedSince, OrderFilter } from "#server/orders/console/model.ts";
import { builtInViews } from "#server/orders/console/views/model.ts";
import { shownStatuses } from "#server/orders/model.ts";
import { platforms } from "#server/orders/reading/model.ts";
import { isSame, queryOf, searchIn } from "./search-address.ts";

const day = fc.constantFrom("2026-02-28", "2026-11-30");
const filters = fc
  .record(
    {
      number: fc.constantFrom("1234****5678", "E202****0001"),
      platform: fc.constantFrom(...platforms),
      status: fc.constantFrom(...shownStatuses),
      batchId: fc.constant("01a209de-c2f8-7000-ab5c-bb41d6539a8c"),
      imported: fc.constantFrom(...importedSince),
      owned: fc.boolean(),
      from: day,
      to: day,
    },
    { requiredKeys: [] },
  )
  .map((given) => OrderFilter.parse(given));

test("a filter and its address say the same", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const { filter: read, unknown } = searchIn(queryOf(filter));
      expect(read).toEqual(filter);
      expect(isSame(read, filter)).toBe(true);
      expect([...unknown]).toEqual([]);
    }),
  );
});

test("a value that means nothing is named and left out, and the rest still counts", () => {
  const { filter, unknown } = searchIn({ status: "lost", owned: "maybe", platform: "jd", number: "123456789012" });
  expect(filter).toEqual({ platform: "jd" });
  expect([...unknown].sort()).toEqual(["number", "owned", "status"]);
});

test("every built-in view is told from the others", () => {
  const views = builtInViews.map(({ filter }): OrderFilter => filter);
  for (const view of views) expect(views.filter((other) => isSame(view, other))).toEqual([view]);
});
