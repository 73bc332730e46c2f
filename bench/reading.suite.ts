/**
 * Reading order files, without storing them: rows a second of the survey and of the full reading (decode, parse,
 * normalise, seal, leak guard) beside a bare decode and parse of the same bytes, and whether memory stays flat.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testKeys } from "#server/core/keys.ts";
import { openOrders, tableOf } from "#server/orders/reading/open.ts";
import type { Reading, Seal } from "#server/orders/reading/reading.ts";
import { Row } from "#server/orders/reading/row.ts";
import { burstsOf } from "#server/orders/reading/table.ts";
import { exceljsReader } from "./exceljs-reading.ts";
import { type Figure, report } from "./figure.ts";
import { writeOrderFile } from "./order-file.ts";
import { peakMemory } from "./peak-memory.ts";
import { writeWorkbook } from "./workbook-file.ts";

const SMALL = 10_000;
const ROWS = 300_000;
const LARGE = 1_000_000;
const SHEET_ROWS = 100_000;
const keys = testKeys();
const seal: Seal = (platform, id) => keys.keyedHash("order-key", `${platform}\n${id}`).subarray(0, 16);

const folder = join(tmpdir(), `evenhand-reading-${process.pid}`);

async function bare(path: string): Promise<number> {
  const row = new Row();
  let cells = 0;
  for await (const burst of burstsOf({ container: "csv", source: { path }, encoding: "gb18030", delimiter: "," })) {
    while (burst.next(row)) cells += row.count;
  }
  return cells;
}

/** The rows of a workbook alone, as the reference gives them: nothing understood, nothing checked. */
async function rowsOf(path: string): Promise<number> {
  const table = await tableOf({ path }, { leaks: "drop" });
  if ("code" in table) throw new Error(table.code);
  const row = new Row();
  let rows = 0;
  for await (const burst of burstsOf(table)) while (burst.next(row)) rows += 1;
  return rows;
}

async function survey(path: string): Promise<Reading> {
  const reading = await openOrders({ path }, { leaks: "drop" });
  if (reading.survey.outcome !== "accepted") throw new Error(reading.survey.codes.join());
  return reading;
}

async function linesOf(reading: Reading): Promise<number> {
  let lines = 0;
  for await (const batch of reading.batches(seal)) lines += batch.lines.length;
  return lines;
}

/** Rows a second, the better of two runs. */
async function speed(rows: number, work: () => Promise<unknown>): Promise<number> {
  let best = 0;
  for (let run = 0; run < 2; run++) {
    const started = performance.now();
    await work();
    best = Math.max(best, (rows / (performance.now() - started)) * 1_000);
  }
  return best;
}

/**
 * Peak memory in MiB of a process of its own that reads the file and nothing else. The young generation is held small, as
 * in the worker: left to itself it grows threefold before anything is collected.
 */
function peakOf(path: string): number {
  const { stdout } = spawnSync(process.execPath, ["--max-semi-space-size=8", import.meta.filename, "--peak", path], {
    encoding: "utf8",
  });
  return Number(stdout) / 2 ** 20;
}

async function measure(): Promise<Figure[]> {
  const [small, file, large] = [SMALL, ROWS, LARGE].map((rows) => {
    const path = join(folder, `${rows}.csv`);
    writeOrderFile(path, rows);
    return path;
  });
  const [source, sheet] = [join(folder, "sheet.csv"), join(folder, "sheet.xlsx")];
  writeOrderFile(source, SHEET_ROWS);
  await writeWorkbook(sheet, source);
  if (small === undefined || file === undefined || large === undefined) throw new Error("no files");
  const reference = { name: "bare decode and parse", value: await speed(ROWS, () => bare(file)) };
  const surveyed = await speed(ROWS, () => survey(file));
  const reading = await survey(file);
  const read = await speed(ROWS, () => linesOf(reading));
  const workbook = await speed(SHEET_ROWS, async () => linesOf(await survey(sheet)));
  const sheetRows = await speed(SHEET_ROWS, () => rowsOf(sheet));
  const readByExceljs = exceljsReader(join(folder, "exceljs"));
  const exceljs = readByExceljs && (await speed(SHEET_ROWS, () => readByExceljs(sheet)));
  const idle = peakOf("");
  const [least, most] = [peakOf(small) - idle, peakOf(large) - idle];
  return [
    {
      name: "survey, 16 columns, GB18030",
      value: surveyed,
      unit: "rows/s",
      reference,
      goal: "≥ 30 % of bare",
      met: surveyed >= 0.3 * reference.value,
    },
    {
      name: "reading, all checks on",
      value: read,
      unit: "rows/s",
      reference,
      goal: "≥ 100,000 rows/s",
      met: read >= 100_000,
    },
    {
      name: "the rows of an XLSX alone",
      value: sheetRows,
      unit: "rows/s",
      ...(exceljs === null
        ? { goal: "≥ 100,000 rows/s (exceljs could not be fetched)", met: sheetRows >= 100_000 }
        : {
            reference: { name: "exceljs's streaming reader", value: exceljs },
            goal: "≥ 200 %",
            met: sheetRows >= 2 * exceljs,
          }),
    },
    {
      name: "survey and reading of an XLSX, all checks on",
      value: workbook,
      unit: "rows/s",
      goal: "≥ 20,000 rows/s",
      met: workbook >= 20_000,
    },
    {
      name: `peak memory over idle, ${SMALL.toLocaleString("en")} rows`,
      value: least,
      unit: "MiB",
      goal: "the next beside it",
      met: true,
    },
    {
      name: `peak memory over idle, ${LARGE.toLocaleString("en")} rows`,
      value: most,
      unit: "MiB",
      reference: { name: `${SMALL.toLocaleString("en")} rows`, value: least },
      goal: "< 150 MiB",
      met: most < 150,
    },
  ];
}

const [flag, path = ""] = process.argv.slice(2);
if (flag === "--peak") {
  if (path !== "") await linesOf(await survey(path));
  process.stdout.write(String(peakMemory()));
} else {
  mkdirSync(folder, { recursive: true });
  try {
    report("reading", await measure());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
