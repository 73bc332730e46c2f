import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { eq } from "drizzle-orm";
import { openDatabase } from "#db/client.ts";
import { orders } from "#db/schema/orders.ts";
import type { Context } from "../../core/context.ts";
import { declaredBy } from "../formats/generic.ts";
import { ChosenSettings } from "../importing/model.ts";
import { rejects, report } from "../importing/queries.ts";
import { importFile } from "../importing/service.ts";
import { look } from "../mapping/look.ts";
import { type Everything, readAll } from "../reading/testing.ts";
import type { DamagedFile } from "./files.ts";
import { stands } from "./secrets.ts";

/** What came of a damaged file, and what is wrong with that: codes and places, never a value. */
export type Verdict = { readonly outcome: string; readonly complaints: readonly string[] };

/** Reads a file, as far as it lets itself be read; some are looked at too, as by somebody who maps their columns. */
export async function readingTrial(file: DamagedFile): Promise<Verdict> {
  const { mapping, leaks, encoding, allowClear } = file;
  const got = await readAll(file.bytes, {
    leaks,
    allowClear,
    ...(encoding && { encoding }),
    ...(mapping && { declared: declaredBy(mapping) }),
  });
  const { lines, rejects: text, ...told } = got;
  const shown = file.looked ? JSON.stringify(await look({ bytes: file.bytes }, {})) : "";
  const complaints = [
    ...miscounted(got),
    ...seen(file, "lines", JSON.stringify(lines.map(({ sku: _, ...line }) => line))),
    ...seen(file, "what is told", JSON.stringify(told)),
    ...seen(file, "rejects", text),
    ...seen(file, "the mapping screen", shown),
  ];
  return { outcome: outcomeOf(got), complaints };
}

function outcomeOf({ survey, rows }: Everything): string {
  if (survey.outcome === "refused") return survey.codes.join(" ");
  return rows.accepted === 0 ? "accepted, no row" : rows.rejected === 0 ? "accepted" : "accepted in part";
}

function miscounted({ rows, lines, reasons, survey }: Everything): string[] {
  const { read, data, accepted, rejected, skipped } = rows;
  const wrong = [];
  if (read !== data + skipped || data !== accepted + rejected) wrong.push("rows do not add up");
  if (accepted !== lines.length || rejected + skipped !== reasons.length) wrong.push("rows without an account");
  if (survey.outcome === "refused" && read > 0) wrong.push("rows of a refused file");
  if (lines.some((line) => line.paidScope === line.refundScope && line.refundFen > line.paidFen))
    wrong.push("more refunded than paid");
  if (lines.some(({ paidFen, refundFen, placedAt }) => ![paidFen, refundFen, placedAt].every(Number.isSafeInteger)))
    wrong.push("no whole number");
  return wrong;
}

function seen({ secrets }: DamagedFile, where: string, text: string): string[] {
  return secrets.flatMap((value, index) => (stands(value, text) ? [`secret ${index + 1} in ${where}`] : []));
}

const provenance = { supplier: "样例公司", basis: "ownSystem", reference: "A-1", scope: "proving the importer" };

/** What came of an import, and the codes that were kept of it: what is one by its column is kept, whatever its digits look like. */
export type Imported = Verdict & { readonly codes: string };

/** Imports a file, one in two once more, and holds the account of it against what is stored. */
export async function importTrial(ctx: Context, file: DamagedFile): Promise<Imported> {
  const chosen = ChosenSettings.parse({
    leaks: file.leaks,
    mapping: file.mapping,
    encoding: file.encoding,
    ...(file.allowClear && { overrideReason: "proving" }),
    ...(file.mapping?.platform === "other" && { provenance }),
  });
  const given = { file: { bytes: file.bytes }, fileName: file.fileName, chosen, dryRun: false, source: "cli" } as const;
  const before = await ctx.db.$count(orders);
  const batchId = await importFile(ctx, () => ctx.now, given);
  const account = await report(ctx.db, batchId);
  const isRefused = account.fileOutcome === "refused";
  const added = (await ctx.db.$count(orders)) - before;
  const complaints: string[] = [];
  if (account.state !== (isRefused ? "refused" : "done")) complaints.push("a batch half done");
  if (added !== account.orders.created) complaints.push("orders that nobody counted");
  if (isRefused && (added > 0 || account.rows.read > 0)) complaints.push("rows of a refused file");
  complaints.push(...seen(file, "the report", JSON.stringify(account)));
  if (account.rows.rejected > 0) complaints.push(...seen(file, "the rejects", await rejects(ctx, batchId)));
  // Another reason for the same choice: else the file would be known by its fingerprint and not be read.
  if (chosen.overrideReason !== undefined) {
    const again = await importFile(ctx, () => ctx.now, { ...given, chosen: { ...chosen, overrideReason: "again" } });
    const { created, updated } = (await report(ctx.db, again)).orders;
    if (created + updated > 0) complaints.push("an order changed by the same file");
  }
  const stored = await ctx.db.select({ parts: orders.parts }).from(orders).where(eq(orders.batchId, batchId));
  return { outcome: isRefused ? account.fileCodes.join(" ") : "imported", complaints, codes: JSON.stringify(stored) };
}

/** A database to import one file into: a copy of an empty one. */
export type Sandbox = { readonly template: string; readonly path: string; context(db: Context["db"]): Context };

/** The same in a database of its own, every byte of which is then searched. */
export async function sandboxTrial(file: DamagedFile, { template, path, context }: Sandbox): Promise<Verdict> {
  copyFileSync(template, path);
  const db = await openDatabase(path);
  try {
    const { outcome, complaints, codes } = await importTrial(context(db), file);
    const bytes = [path, `${path}-wal`].map((name) => readIfThere(name).toString("latin1")).join("");
    const kept = file.secrets.filter(
      (value) => stands(Buffer.from(value).toString("latin1"), bytes) && !stands(value, codes),
    );
    return { outcome, complaints: [...complaints, ...kept.map(() => "a secret in the database")] };
  } finally {
    await db.close();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
  }
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
