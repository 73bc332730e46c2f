/** A workbook read by exceljs's streaming reader, the reference of our own: the rows alone, nothing done to them. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The reference is no dependency of the product: the bench fetches it into a folder of its own. */
const REFERENCE = "exceljs@4.4.0";

type Exceljs = {
  readonly stream: {
    readonly xlsx: {
      readonly WorkbookReader: new (
        path: string,
        options: Record<string, string>,
      ) => AsyncIterable<AsyncIterable<unknown>>;
    };
  };
};

/** Reads a workbook and gives how many rows it has; null where the reference cannot be fetched. */
export function exceljsReader(folder: string): ((path: string) => Promise<number>) | null {
  const { status } = spawnSync(
    "npm",
    ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, REFERENCE],
    {
      stdio: "ignore",
    },
  );
  if (status !== 0) return null;
  const { stream }: Exceljs = createRequire(join(folder, "package.json"))("exceljs");
  return async (path) => {
    let rows = 0;
    const reader = new stream.xlsx.WorkbookReader(path, { sharedStrings: "cache", worksheets: "emit" });
    for await (const sheet of reader) for await (const _ of sheet) rows += 1;
    return rows;
  };
}
