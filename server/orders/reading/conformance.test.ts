import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Everything, readAll } from "./testing.ts";

const folder = join(import.meta.dirname, "../fixtures");

const Expected = z.object({
  platform: z.string(),
  layout: z.string(),
  container: z.string(),
  encoding: z.string().nullable(),
  import_after: z.array(z.string()),
  file_outcome: z.enum(["accepted", "rejected"]),
  file_codes: z.array(z.string()),
  rows: z.object({
    read: z.number(),
    data: z.number(),
    accepted: z.number(),
    rejected: z.number(),
    skipped: z.number(),
  }),
  orders: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }),
  duplicate_lines: z.number().default(0),
  row_reasons: z.array(z.object({ row: z.number(), code: z.string(), column: z.string().nullish() })),
  warnings: z.array(z.object({ row: z.number(), code: z.string(), column: z.string().optional() })),
  leaks: z.array(z.object({ row: z.number(), column: z.string(), kind: z.string() })),
  formula_cells: z.array(z.object({ row: z.number(), column: z.string() })),
  virtual_numbers: z.number(),
});
type Expected = z.infer<typeof Expected>;

const files = globSync("**/*.{csv,xlsx}", { cwd: folder }).sort();
const cases = files.map((file) => ({
  file,
  expected: Expected.parse(JSON.parse(readFileSync(join(folder, `${file}.expected.json`), "utf8"))),
}));

describe.each(cases)("$file", ({ file, expected }) => {
  test("is read as expected", async () => {
    const got = await readAll({ path: join(folder, file) });
    expect(verdict(got)).toEqual({
      outcome: expected.file_outcome === "accepted" ? "accepted" : "refused",
      codes: expected.file_codes,
    });
    if (expected.file_outcome === "accepted") {
      const { platform, layout, container, encoding } = got.survey;
      expect({ platform, layout, container, encoding }).toEqual({
        platform: expected.platform,
        layout: expected.layout,
        container: expected.container,
        encoding: expected.encoding,
      });
    }
    expect(got.rows).toEqual(expected.rows);
    expect(got.reasons.map(({ row, code, column }) => ({ row, code, column }))).toEqual(
      expected.row_reasons.map(({ row, code, column }) => ({ row, code, column: column ?? null })),
    );
    expect(got.warnings).toEqual(ofReading(expected));
    expect(places(got.leaks)).toEqual(places(expected.leaks));
    expect(got.formulaCells).toEqual(expected.formula_cells);
    expect(got.virtualNumbers).toBe(expected.virtual_numbers);
    expect(got.duplicateLines).toBe(expected.duplicate_lines);
    const { created, updated, unchanged } = expected.orders;
    expect(new Set(got.lines.map((line) => line.orderKey.toString("hex"))).size).toBe(created + updated + unchanged);
  });
});

test("all fixtures are there", () => {
  expect(files.length).toBeGreaterThanOrEqual(26);
});

function verdict({ survey }: Everything): { outcome: string; codes: readonly string[] } {
  return { outcome: survey.outcome, codes: survey.codes };
}

/** Staleness is the store's to tell, not the reader's. */
function ofReading({ warnings }: Expected): Expected["warnings"] {
  return warnings.filter(({ code }) => !code.startsWith("STALE"));
}

function places(leaks: readonly { readonly row: number; readonly column: string; readonly kind: string }[]): string[] {
  return leaks.map(({ row, column, kind }) => `${row} ${column} ${kind}`).sort();
}
