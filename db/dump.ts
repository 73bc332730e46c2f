import { openRaw, type Row } from "./raw.ts";

/** Every row of every table, for tests that search or compare a whole database. */
export async function everyRow(url: string): Promise<Map<string, Row[]>> {
  const raw = await openRaw(url);
  try {
    const tables = await raw.run(
      raw.engine === "postgres"
        ? "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
        : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
    );
    const rows = new Map<string, Row[]>();
    for (const { name } of tables) rows.set(String(name), await raw.run(`SELECT * FROM "${String(name)}"`));
    return rows;
  } finally {
    await raw.close();
  }
}

/** All that a database holds, as text: bytes as if each were a character. */
export async function everythingIn(url: string): Promise<string> {
  const values = [...(await everyRow(url)).values()].flatMap((rows) => rows.flatMap((row) => Object.values(row)));
  return values
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : valueText(value)))
    .join("\n");
}

function valueText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
