import { expect, test } from "vitest";
import { newId } from "#db/testing.ts";
import { mayUndo, nothingDepends, undoableUntil } from "./rules.ts";

const startedAt = new Date("2026-06-01T00:00:00Z");
const now = new Date("2026-06-15T00:00:00Z");
const batch = { state: "done", changed: 3, undone: null, startedAt, createdAt: startedAt } as const;
const free = { claimed: { count: 0, orders: [] }, later: [] };

test("an import that is over and changed something can be undone for its days", () => {
  expect(mayUndo(batch, now)).toEqual({ ok: true });
  expect(mayUndo({ ...batch, state: "cancelled" }, now)).toEqual({ ok: true });
  expect(mayUndo({ ...batch, state: "stopped" }, now)).toEqual({ ok: true });
  const begun = { restored: 1, removed: 0, kept: 0 };
  expect(mayUndo({ ...batch, state: "stopped", undone: begun }, now)).toMatchObject({ code: "UNDO_NOT_NOW" });
  expect(undoableUntil(batch).toISOString()).toBe("2026-07-31T00:00:00.000Z");
  expect(mayUndo(batch, new Date("2026-07-31T00:00:00Z"))).toMatchObject({ code: "UNDO_TOO_LATE" });
});

test.each(["checking", "checked", "running", "refused", "undoing", "undone"] as const)(
  "one that is %s cannot",
  (state) => {
    expect(mayUndo({ ...batch, state }, now)).toMatchObject({ code: "UNDO_NOT_NOW" });
  },
);

test("one that changed nothing has nothing to undo", () => {
  expect(mayUndo({ ...batch, changed: 0 }, now)).toMatchObject({ code: "UNDO_NOTHING" });
});

test("claims and later imports stand in the way, with how many", () => {
  const later = [1, 2].map((orders) => ({ batchId: newId<"importBatch">(), fileName: "later.csv", orders }));
  expect(nothingDepends(free)).toEqual({ ok: true });
  expect(nothingDepends({ ...free, later })).toEqual({
    ok: false,
    code: "UNDO_CHANGED_LATER",
    condition: { orders: 3, batches: 2 },
  });
  expect(nothingDepends({ claimed: { count: 4, orders: [] }, later })).toEqual({
    ok: false,
    code: "UNDO_CLAIMED",
    condition: { orders: 4 },
  });
});
