import { getTableColumns, getTableName } from "drizzle-orm";
import pg from "pg";
import { columnsOf, conflictClause, selectionOf } from "./bulk.ts";
import type { Bulk, BulkReader, OnStatement } from "./client.ts";
import { copyOf } from "./copy.ts";

/** How many rows one statement carries: large enough to amortise the round trip, small enough to stay in memory. */
const ROWS_PER_STATEMENT = 5_000;
/** From how many rows on a COPY makes up for its second round trip. */
const LEAST_COPIED = 100;

/** Many rows at once on PostgreSQL: copied where all of them are new, else one array per column, unnested. */
export function bulkDoor(client: pg.PoolClient, onStatement?: OnStatement): Bulk & BulkReader {
  const send = (sql: string, values: unknown[]) => {
    onStatement?.(sql);
    return client.query(sql, values);
  };
  const copy = (sql: string, pieces: Iterable<Buffer>) => {
    onStatement?.(sql);
    return copyIn(client, sql, pieces);
  };
  return {
    ...bulkReader(client, onStatement),
    async bulkInsert(into, rows, onConflict) {
      const first = rows[0];
      if (first === undefined) return 0;
      const columns = columnsOf(into, first).map((column) => ({
        ...column,
        type: getTableColumns(into)[column.key]?.getSQLType() ?? "",
      }));
      const table = `"${getTableName(into)}" (${columns.map(({ name }) => `"${name}"`).join(", ")})`;
      const fields = columns.map(({ key, type, encode }) => ({
        type,
        of: (row: object) => encode((row as Record<string, unknown>)[key]),
      }));
      const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(", ");
      let written = 0;
      for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
        const part = rows.slice(from, from + ROWS_PER_STATEMENT);
        const result =
          onConflict === undefined && rows.length >= LEAST_COPIED
            ? await copy(`COPY ${table} FROM STDIN (FORMAT binary)`, copyOf(fields, part))
            : await send(
                `INSERT INTO ${table} SELECT * FROM unnest(${arrays})${conflictClause(into, onConflict)}`,
                fields.map(({ of }) => part.map(of)),
              );
        written += result.rowCount ?? 0;
      }
      return written;
    },
  };
}

/** Reads by keys alone, on the connection of a transaction or on any that is free. */
export function bulkReader(client: Pick<pg.Pool, "query">, onStatement?: OnStatement): BulkReader {
  const reader: BulkReader = {
    async bulkRead(from, columns, key, keys) {
      const { text, type, encode, rowOf } = selectionOf(from, columns, key);
      const sql = `${text} = ANY($1::${type}[])`;
      onStatement?.(sql);
      const { rows } = await client.query<unknown[]>({ text: sql, values: [keys.map(encode)], rowMode: "array" });
      return rows.map(rowOf) as never;
    },
    async bulkSelect(from, key, keys) {
      return reader.bulkRead(from, Object.keys(getTableColumns(from)), key, keys) as never;
    },
  };
  return reader;
}

/** The connection inside the driver, as far as a COPY speaks to it: its types leave these out. */
type CopyConnection = {
  sendCopyFromChunk(piece: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

/** Sends what a `COPY … FROM STDIN` asks for; when it cannot be made, nothing is copied. */
function copyIn(client: pg.PoolClient, sql: string, pieces: Iterable<Buffer>): Promise<{ rowCount: number | null }> {
  return new Promise((resolve, reject) => {
    let failure: unknown;
    const query = new pg.Query(sql, (reason, result) => {
      if (reason) reject(failure ?? reason);
      else resolve(result);
    });
    client.query(
      Object.assign(query, {
        handleCopyInResponse(connection: CopyConnection) {
          try {
            for (const piece of pieces) connection.sendCopyFromChunk(piece);
            connection.endCopyFrom();
          } catch (reason) {
            failure = reason;
            connection.sendCopyFail("a row could not be written");
          }
        },
      }),
    );
  });
}
