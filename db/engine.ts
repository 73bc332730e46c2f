/** The two engines one schema runs on. */
export type EngineName = "sqlite" | "postgres";

/** The engine that a DATABASE_URL names; none or a file means the embedded SQLite. */
export function engineOf(url: string | undefined): EngineName {
  return url !== undefined && /^postgres(ql)?:/.test(url) ? "postgres" : "sqlite";
}

/** The engine of this process. Tables are built for it when the schema is loaded, so it cannot change later. */
export const engine: EngineName = engineOf(process.env.DATABASE_URL);
