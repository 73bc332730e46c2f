import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CsvParser } from "./csv.ts";
import { Row } from "./row.ts";
import { csvText } from "./testing.ts";

function parse(pieces: readonly string[], delimiter = ","): string[][] {
  const parser = new CsvParser(delimiter);
  const row = new Row();
  const records: string[][] = [];
  const drain = (): void => {
    while (parser.next(row)) records.push(row.cells());
  };
  for (const piece of pieces) {
    parser.push(piece, false);
    drain();
  }
  parser.push("", true);
  drain();
  return records;
}

const cell = fc.string({ unit: fc.constantFrom("a", "号", '"', ",", "\n", "\r", "'", "=", " ", "\t", "1") });

describe("parsing", () => {
  test("gives back what was written", () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { maxLength: 8 }), (records) => {
        expect(parse([csvText(records)])).toEqual(records);
      }),
    );
  });

  test("does not depend on where the text is cut", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "=") }),
        fc.array(fc.nat(40)),
        (text, cuts) => {
          const places = [...new Set(cuts)].filter((at) => at < text.length).sort((a, b) => a - b);
          const pieces = [0, ...places].map((at, index) => text.slice(at, places[index] ?? text.length));
          expect(parse(pieces)).toEqual(parse([text]));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [
      "LF, CR LF and CR",
      "a,b\nc,d\r\ne,f\rg,h",
      [
        ["a", "b"],
        ["c", "d"],
        ["e", "f"],
        ["g", "h"],
      ],
    ],
    ["blank lines as records of their own", "a\n\nb\n", [["a"], [""], ["b"]]],
    ["quotation marks inside an unquoted cell", '="51",5" wide\n', [['="51"', '5" wide']]],
    ["text after a closing mark", '"a" b,c\n', [['a" b', "c"]]],
    ["an empty last cell", "a,b,\n", [["a", "b", ""]]],
    ["an empty last cell at the end of the text", "a,b,", [["a", "b", ""]]],
    ["byte order marks at the beginning only", '\ufeff\ufeff"a",b\n', [["a", "b"]]],
  ])("understands %s", (_, text, records) => {
    expect(parse([text])).toEqual(records);
  });

  test("keeps a cell of a million characters from growing, and the rows around it", () => {
    const parser = new CsvParser(",");
    const row = new Row();
    const seen: [number, number, number][] = [];
    const pieces = [
      'id,note,x\n1,ok,2\n2,"',
      ...Array.from({ length: 150 }, () => "喂".repeat(10_000)),
      '",3\n4,fine,5\n',
    ];
    for (const piece of pieces) {
      parser.push(piece, false);
      while (parser.next(row)) seen.push([row.number, row.count, row.oversized]);
    }
    expect(seen).toEqual([
      [1, 3, -1],
      [2, 3, -1],
      [3, 3, 1],
      [4, 3, -1],
    ]);
  });

  test("tells a record that was cut off from one that only lacks its line break", () => {
    const lastOf = (text: string): Row => {
      const parser = new CsvParser(",");
      const row = new Row();
      parser.push(text, true);
      for (let more = parser.next(row); more; ) {
        if (row.open) break;
        more = parser.next(row);
      }
      return row;
    };
    expect(lastOf('a,b\n1,"half').cut).toBe(true);
    expect(lastOf("a,b\n1,2").isCutOff(2)).toBe(false);
    expect(lastOf("a,b\n1").isCutOff(2)).toBe(true);
    expect(lastOf("a,b\n1,\ufffd").isCutOff(2)).toBe(true);
  });
});
