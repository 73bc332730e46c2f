import { writeFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { plain } from "#server/orders/reading/cells.ts";
import { Row } from "#server/orders/reading/row.ts";
import { burstsOf } from "#server/orders/reading/table.ts";

/** Writes the rows of a GB18030 text file as a workbook with shared strings, as platforms write theirs. */
export async function writeWorkbook(path: string, text: string): Promise<void> {
  const strings = new Map<string, number>();
  const share = (value: string): number => {
    const known = strings.get(value) ?? strings.size;
    if (known === strings.size) strings.set(value, known);
    return known;
  };
  const row = new Row();
  const rows: string[] = [];
  for await (const burst of burstsOf({
    container: "csv",
    source: { path: text },
    encoding: "gb18030",
    delimiter: ",",
  })) {
    while (burst.next(row)) {
      const cells = row
        .cells()
        .map(
          (cell, at) => `<c r="${String.fromCharCode(65 + at)}${row.number}" t="s"><v>${share(plain(cell))}</v></c>`,
        );
      rows.push(`<row r="${row.number}">${cells.join("")}</row>`);
    }
  }
  const parts = {
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/sharedStrings.xml": `<sst>${[...strings.keys()].map((value) => `<si><t>${value}</t></si>`).join("")}</sst>`,
    "xl/worksheets/sheet1.xml": `<worksheet><dimension ref="A1"/><sheetData>${rows.join("")}</sheetData></worksheet>`,
  };
  writeFileSync(
    path,
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])), { level: 1 }),
  );
}
