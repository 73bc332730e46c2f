import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { declaredBy } from "../formats/generic.ts";
import { look } from "../mapping/look.ts";
import { mappingFor } from "../mapping/testing.ts";
import { readAll } from "./testing.ts";

const folder = join(import.meta.dirname, "../fixtures");
const files = await Promise.all(
  globSync("**/*.{csv,xlsx}", { cwd: folder }).map(async (name) => {
    const bytes = readFileSync(join(folder, name));
    const mapping = mappingFor(await look({ bytes }, {}));
    return { bytes, declared: mapping === null ? undefined : declaredBy(mapping) };
  }),
);

/** A phone that no fixture holds, planted wherever the mutations fall. */
const PLANTED = "19912340987";
const splinters = ['"', ",", "\r\n", "\0", "=", PLANTED, "\t", "1e3", "合计", "\ufeff", "订单号", "\u{fffd}"].map(
  (text) => Buffer.from(text),
);

type Mutation = { readonly kind: number; readonly at: number; readonly length: number; readonly splinter: number };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.nat(4),
  at: fc.nat(40_000),
  length: fc.nat(1_500),
  splinter: fc.nat(splinters.length - 1),
});

function mutate(bytes: Buffer, { kind, at, length, splinter }: Mutation): Buffer {
  const from = bytes.length === 0 ? 0 : at % bytes.length;
  const to = Math.min(bytes.length, from + length);
  switch (kind) {
    case 0:
      return bytes.subarray(0, from);
    case 1:
      return Buffer.concat([bytes.subarray(0, from), splinters[splinter] ?? Buffer.alloc(0), bytes.subarray(from)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to)]);
    default:
      return Buffer.concat([
        bytes.subarray(0, from),
        Buffer.alloc(Math.min(length, 40), splinter * 21),
        bytes.subarray(from),
      ]);
  }
}

test("whatever is done to a file, it is read or refused, and nothing personal leaves it", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.boolean(),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      async ({ bytes, declared }, isMapped, mutations) => {
        const mutated = mutations.reduce(mutate, bytes);
        const got = await readAll(mutated, isMapped ? { declared } : {});
        const { read, data, accepted, rejected, skipped } = got.rows;
        expect(read).toBe(data + skipped);
        expect(data).toBe(accepted + rejected);
        expect(accepted).toBe(got.lines.length);
        expect(rejected + skipped).toBe(got.reasons.length);
        for (const line of got.lines) {
          if (line.paidScope === line.refundScope) expect(line.refundFen).toBeLessThanOrEqual(line.paidFen);
        }
        const told = JSON.stringify([
          got.lines.map(({ sku: _code, ...line }) => line),
          got.reasons,
          got.warnings,
          got.leaks,
          got.formulaCells,
        ]);
        expect(told).not.toContain(PLANTED);
      },
    ),
    { numRuns: 400 },
  );
});

test("whatever is done to a file, it can be looked at, and nothing personal is shown", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      async ({ bytes }, mutations) => {
        expect(JSON.stringify(await look({ bytes: mutations.reduce(mutate, bytes) }, {}))).not.toContain(PLANTED);
      },
    ),
    { numRuns: 300 },
  );
});

test("a phone in a column's name is not shown either", async () => {
  const file = readFileSync(join(folder, "adverse/leak-notes.csv"));
  const clean = await readAll(file);
  const planted = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const at = n * 11;
      return readAll(Buffer.concat([file.subarray(0, at), Buffer.from(PLANTED), file.subarray(at)]));
    }),
  );
  expect(clean.leaks.length).toBeGreaterThan(0);
  for (const { survey, leaks, reasons } of planted) {
    expect(JSON.stringify([survey, leaks, reasons])).not.toContain(PLANTED);
  }
});
