import { resolve } from "node:path";
import { z } from "zod";
import type { Site } from "./core/site.ts";

const port = z.coerce.number("a port number from 0 to 65535").int().min(0).max(65_535);
const flag = z.enum(["0", "1"], "0 or 1").transform((text) => text === "1");
const folder = z
  .string()
  .min(1)
  .transform((path) => resolve(/* turbopackIgnore: true */ path));

/** Every setting there is. `.env.example` is written from it, and a test holds the two together. */
const Settings = z.object({
  NODE_ENV: z
    .enum(["production", "development", "test"])
    .default("production")
    .describe("production serves the built pages; development builds them as they are asked for."),
  EVENHAND_DEMO: flag
    .default(false)
    .describe("1 seeds a demo brand with demo accounts into an empty database. Never on a database with real members."),
  BRAND_NAME: z.string().min(1).max(40).default("Evenhand").describe("The brand's name as customers know it."),
  OPERATOR_NAME: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe("The legal person that operates it (default: BRAND_NAME)."),
  FILING_NUMBER: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .describe("The ICP filing number shown in the footer of the portal."),
  PRIVACY_CONTACT: z
    .string()
    .min(1)
    .max(120)
    .default("privacy@example.com")
    .describe("How members reach the person in charge of protecting personal information (PIPL Art. 52)."),
  HOST: z.string().min(1).default("localhost").describe("The address to listen on; 0.0.0.0 inside a container."),
  PORT: port.default(3000).describe("The port of the one front door."),
  PUBLIC_ORIGIN: z
    .url({ protocol: /^https?$/, error: "an origin such as https://members.example.com" })
    .transform((url) => new URL(url).origin)
    .optional()
    .describe("What browsers have in the address bar, e.g. https://members.example.com. Unset: this machine only."),
  TRUST_PROXY: z.coerce
    .number("a number of proxies from 0 to 5")
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe("How many reverse proxies stand in front; so many entries of X-Forwarded-For are believed."),
  DATABASE_URL: z
    .string()
    .min(1)
    .optional()
    .describe(
      "postgres://user:password@host/database, or a path for the embedded SQLite (default: DATA_DIR/evenhand.db).",
    ),
  DATA_DIR: folder
    .prefault("data")
    .describe("Where uploads, checkpoints and (unless KEY_DIR says otherwise) keys are kept."),
  KEY_DIR: folder
    .optional()
    .describe("Where the keys are kept (default: DATA_DIR/keys). Never back it up together with the database."),
  UPLOAD_MAX_MB: z.coerce
    .number("megabytes from 1 to 2048")
    .int()
    .min(1)
    .max(2048)
    .default(50)
    .describe("The largest order file, in megabytes."),
  WORKER_SLOTS: z.coerce
    .number("jobs at a time from 1 to 16")
    .int()
    .min(1)
    .max(16)
    .default(2)
    .describe("How many jobs one worker runs at a time."),
  SMS_GATEWAY: z
    .enum(["outbox", "off", "aliyun"])
    .default("off")
    .describe(
      "outbox shows one-time codes on screen (demo and development only); aliyun sends them; off: passkeys only.",
    ),
  ALIYUN_ACCESS_KEY_ID: z.string().min(1).optional().describe("Alibaba Cloud SMS, with SMS_GATEWAY=aliyun."),
  ALIYUN_ACCESS_KEY_SECRET: z.string().min(1).optional().describe("Alibaba Cloud SMS, with SMS_GATEWAY=aliyun."),
  ALIYUN_SMS_SIGN_NAME: z.string().min(1).optional().describe("The approved signature, with SMS_GATEWAY=aliyun."),
  ALIYUN_SMS_TEMPLATE_CODE: z
    .string()
    .min(1)
    .optional()
    .describe("The approved template, whose one variable is `code`, with SMS_GATEWAY=aliyun."),
  LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"])
    .default("info")
    .describe("How much is logged; never anything personal at any level."),
  METRICS_PORT: port.optional().describe("Serves /metrics on this port of 127.0.0.1, without a token."),
  METRICS_TOKEN: z
    .string()
    .min(16, "at least 16 characters")
    .optional()
    .describe("Serves /metrics at the front door to whoever bears this token."),
});

export type SmsConfig =
  | { readonly gateway: "outbox" | "off" }
  | {
      readonly gateway: "aliyun";
      readonly accessKeyId: string;
      readonly accessKeySecret: string;
      readonly signName: string;
      readonly templateCode: string;
    };

export type Config = {
  readonly mode: "production" | "development" | "test";
  readonly demo: boolean;
  readonly host: string;
  readonly port: number;
  /** Null: only loopback host names are answered. */
  readonly publicOrigin: string | null;
  readonly trustProxy: number;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly keyDir: string;
  readonly uploadMaxBytes: number;
  readonly workerSlots: number;
  readonly sms: SmsConfig;
  readonly logLevel: string;
  readonly metricsPort: number | null;
  readonly metricsToken: string | null;
  readonly site: Site;
};

/** The settings are wrong: `lines` has one sentence for each that is. */
export class WrongSettings extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "WrongSettings";
    this.lines = lines;
  }
}

let ofThisProcess: Config | undefined;

/** The settings of this process, read once. Throws `WrongSettings`. */
export function processConfig(): Config {
  if (ofThisProcess === undefined) ofThisProcess = loadConfig(process.env);
  return ofThisProcess;
}

/** Reads the settings of the environment. Throws `WrongSettings`, which never repeats a value. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Settings.safeParse(given);
  if (!parsed.success) {
    throw new WrongSettings(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  }
  const settings = parsed.data;
  return {
    mode: settings.NODE_ENV,
    demo: settings.EVENHAND_DEMO,
    host: settings.HOST,
    port: settings.PORT,
    publicOrigin: settings.PUBLIC_ORIGIN ?? null,
    trustProxy: settings.TRUST_PROXY,
    databaseUrl: settings.DATABASE_URL ?? resolve(/* turbopackIgnore: true */ settings.DATA_DIR, "evenhand.db"),
    dataDir: settings.DATA_DIR,
    keyDir: settings.KEY_DIR ?? resolve(/* turbopackIgnore: true */ settings.DATA_DIR, "keys"),
    uploadMaxBytes: settings.UPLOAD_MAX_MB * 1024 * 1024,
    workerSlots: settings.WORKER_SLOTS,
    sms: smsConfig(settings),
    logLevel: settings.LOG_LEVEL,
    metricsPort: settings.METRICS_PORT ?? null,
    metricsToken: settings.METRICS_TOKEN ?? null,
    site: {
      brand: settings.BRAND_NAME,
      operator: settings.OPERATOR_NAME ?? settings.BRAND_NAME,
      filing: settings.FILING_NUMBER ?? null,
      privacyContact: settings.PRIVACY_CONTACT,
      environment: settings.EVENHAND_DEMO ? "demo" : settings.NODE_ENV === "production" ? "production" : "development",
    },
  };
}

function smsConfig(settings: z.output<typeof Settings>): SmsConfig {
  if (settings.SMS_GATEWAY === "outbox" && settings.NODE_ENV === "production" && !settings.EVENHAND_DEMO) {
    throw new WrongSettings([
      "SMS_GATEWAY: outbox shows codes on screen; choose aliyun or off, or set EVENHAND_DEMO=1",
    ]);
  }
  if (settings.SMS_GATEWAY !== "aliyun") return { gateway: settings.SMS_GATEWAY };
  const missing: string[] = [];
  const needed = (name: keyof typeof settings & `ALIYUN_${string}`) => {
    const value = settings[name];
    if (value === undefined) missing.push(`${name}: needed with SMS_GATEWAY=aliyun`);
    return value ?? "";
  };
  const sms = {
    gateway: "aliyun",
    accessKeyId: needed("ALIYUN_ACCESS_KEY_ID"),
    accessKeySecret: needed("ALIYUN_ACCESS_KEY_SECRET"),
    signName: needed("ALIYUN_SMS_SIGN_NAME"),
    templateCode: needed("ALIYUN_SMS_TEMPLATE_CODE"),
  } as const;
  if (missing.length > 0) throw new WrongSettings(missing);
  return sms;
}

/** The text of `.env.example`: each setting, what it means, and its default. */
export function envExample(): string {
  const sections = Object.entries(Settings.shape).map(([name, schema]) => {
    const value = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.def.defaultValue : "";
    return `# ${schema.description}\n#${name}=${typeof value === "boolean" ? Number(value) : value}\n`;
  });
  return `# Copy to .env and change what you need. Written from server/config.ts: npm run -s evenhand -- settings example > .env.example\n\n${sections.join("\n")}`;
}
