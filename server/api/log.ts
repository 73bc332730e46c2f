import { pino } from "pino";

/** What may be logged, whole: anything else a caller passes is not written. Nothing here can carry a person. */
export type LogLine = {
  readonly requestId?: string;
  readonly method?: string;
  /** The pattern of the route (`/api/v1/order-imports/{id}`), never the path or query that was asked. */
  readonly route?: string;
  readonly status?: number;
  readonly ms?: number;
  /** A refusal's code, or the name of an error. */
  readonly code?: string | null;
  readonly job?: string;
  readonly kind?: string;
  readonly attempt?: number;
  readonly port?: number;
  /** Where in our code it happened: stack frames without the message. */
  readonly at?: readonly string[];
};
const allowed = [
  "requestId",
  "method",
  "route",
  "status",
  "ms",
  "code",
  "job",
  "kind",
  "attempt",
  "port",
  "at",
] as const satisfies readonly (keyof LogLine)[];

export type Log = { [level in "debug" | "info" | "warn" | "error"]: (message: string, line?: LogLine) => void };

/** Lines wait at most so long (ms) to be written together; an end of the process writes them first. */
const GATHER_MS = 250;

/** Opens the log of a process: one JSON line each on standard output. */
export function openLog(name: "web" | "worker", level: string, write?: (line: string) => void): Log {
  const logger = pino(
    { base: { name }, level, timestamp: pino.stdTimeFunctions.isoTime },
    write === undefined ? standardOutput() : { write },
  );
  const at =
    (severity: keyof Log) =>
    (message: string, line: LogLine = {}) => {
      logger[severity](pick(line), message);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function standardOutput() {
  const output = pino.destination({ dest: 1, sync: false, minLength: 8_192 });
  setInterval(() => output.flush(), GATHER_MS).unref();
  process.on("exit", () => output.flushSync());
  return output;
}

function pick(line: LogLine): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of allowed) if (line[name] !== undefined) kept[name] = line[name];
  return kept;
}

/** An error as it may be logged: name, code and frames. Its message may speak of persons and is left out. */
export function errorLine(reason: unknown): Pick<LogLine, "code" | "at"> {
  if (!(reason instanceof Error)) return { code: "unknown" };
  const cause = reason.cause instanceof Error ? reason.cause : reason;
  const code = "code" in cause && typeof cause.code === "string" ? `${cause.name} ${cause.code}` : cause.name;
  const frames = (cause.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { code, at: frames.slice(0, 8).map((line) => line.trim()) };
}
