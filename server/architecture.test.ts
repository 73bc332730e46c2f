import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/** Each capability may use those to its left. */
const line = [
  "core",
  "audit",
  "staff",
  "members",
  "consents",
  "tiers",
  "points",
  "offers",
  "benefits",
  "orders",
  "audiences",
  "rights",
  "dashboard",
];

/** Where capabilities are put together; these may import any of them. */
const compositionPoints =
  /^server\/(api|jobs\/(runner|registry)|start|web|worker|cli|dashboard)|^db\/(seed|testing|plans)|^bench\//;

type Home = {
  readonly what: string;
  readonly files: RegExp;
  readonly forbidden: readonly (readonly [RegExp, string])[];
};

const pure: Home["forbidden"] = [
  [/^#?db\//, "a rule knows no database: load in the service and pass the data in"],
  [/^(drizzle-orm|node:|better-sqlite3|pg$|next|react)/, "a rule has no I/O: move it to the service"],
  [/\/(service|queries|router|jobs)$/, "a rule is called by services, never the other way round"],
];

const homes: readonly Home[] = [
  {
    what: "model",
    files: /\/model\.ts$/,
    forbidden: [
      [/^#?db\//, "a model is read in the browser: keep the database out"],
      [/^(drizzle-orm|node:|better-sqlite3|pg$|next|react|@trpc)/, "a model is nouns and zod schemas"],
      [/\/(service|queries|router|rules|jobs)$/, "a model imports only other models"],
    ],
  },
  { what: "rules, kinds, formats", files: /\/rules\.ts$|\/(kinds|formats)\/(?!.*test)/, forbidden: pure },
  {
    what: "router",
    files: /\/router\.ts$/,
    forbidden: [[/^#?db\//, "a router knows no SQL: call the service or a query"]],
  },
  {
    what: "page",
    files: /^app\//,
    forbidden: [
      [/^#?db\//, "a page asks a procedure through app/trpc"],
      [/^server\/.*\/(service|queries)$/, "a page asks a procedure through app/trpc"],
      [/^(drizzle-orm|better-sqlite3|pg$)/, "a page knows no database"],
    ],
  },
  {
    what: "portal page",
    files: /^app\/\(portal\)\//,
    forbidden: [
      [/^react-aria-components/, "portal pages use native elements: every member downloads what they import"],
    ],
  },
  {
    what: "schema",
    files: /^db\/schema\//,
    forbidden: [
      [/^drizzle-orm\/(sqlite|pg)-core/, "a table is written with db/columns, for both engines"],
      [/^server\/(?!core\/(id|money|public-text)$|.*\/model$)/, "a table knows ids, money and vocabulary types only"],
    ],
  },
];

const files = globSync("{app,server,db}/**/*.{ts,tsx}").filter((file) => !/\.test\.tsx?$|\.d\.ts$/.test(file));

/** The modules a file imports, as repository paths without extension, or package names. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^\s*(?:import|export)\b[^"';]*?(?:from\s*)?["']([^"']+)["']/gm)]
    .map(([, specifier = ""]) => specifier)
    .map((specifier) =>
      specifier.startsWith(".")
        ? normalize(join(dirname(file), specifier))
        : specifier.startsWith("#")
          ? specifier.slice(1)
          : specifier,
    )
    .map((path) => path.replace(/\.tsx?$/, ""));
}

function capabilityOf(path: string): string | undefined {
  const [, folder = ""] = /^server\/([^/]+)\//.exec(path) ?? [];
  return line.includes(folder) ? folder : undefined;
}

describe("every file imports only what its home allows", () => {
  test.each(homes)("$what", ({ files: pattern, forbidden }) => {
    const strays = files
      .filter((file) => pattern.test(file))
      .flatMap((file) =>
        importsOf(file).flatMap((path) =>
          forbidden.filter(([shape]) => shape.test(path)).map(([, advice]) => `${file} imports ${path}: ${advice}`),
        ),
      );
    expect(strays).toEqual([]);
  });
});

test("a capability uses only those to its left", () => {
  const strays = files
    .filter((file) => !compositionPoints.test(file))
    .flatMap((file) => {
      const own = capabilityOf(file);
      if (own === undefined) return [];
      return importsOf(file)
        .filter((path) => {
          const other = capabilityOf(path);
          return other !== undefined && line.indexOf(other) > line.indexOf(own) && !/\/model$/.test(path);
        })
        .map((path) => `${file} imports ${path}: ${own} stands to the left of it`);
    });
  expect(strays).toEqual([]);
});

test("only the two engine files know a database driver", () => {
  const strays = files
    .filter((file) => !/^db\/(sqlite|postgres|bulk-sqlite|bulk-postgres|bulk|columns|client)\.ts$/.test(file))
    .filter((file) => importsOf(file).some((path) => /^(better-sqlite3|pg)$/.test(path)));
  expect(strays).toEqual([]);
});

test("gated values are opened in one place: nothing outside the gateway can decrypt or select them", () => {
  const strays = files
    .filter((file) => !/^server\/consents\/gateway\/vault\/|^db\/schema\//.test(file))
    .filter((file) => /vaultValues\.sealed|gateway\/vault\//.test(readFileSync(file, "utf8")))
    .filter((file) => !/^server\/consents\/(gateway|ledger|ending|retention)\//.test(file));
  expect(strays).toEqual([]);
  const openers = files.filter((file) => /\bkeys\.open\(|\.openDataKey\(/.test(readFileSync(file, "utf8")));
  expect(openers.sort()).toEqual([
    "server/consents/gateway/vault/service.ts",
    "server/members/phones/service.ts",
    "server/members/queries.ts",
    "server/members/service.ts",
  ]);
});

test("raw SQL connections stay with migrations, doctor and tests", () => {
  const strays = files
    .filter((file) => !/^db\/|^server\/(start|cli|doctor|api\/doctor)/.test(file))
    .filter((file) => importsOf(file).includes("db/raw"));
  expect(strays).toEqual([]);
});

test("rules have no clock and no chance of their own", () => {
  const strays = files
    .filter((file) => /\/rules\.ts$|\/(kinds|formats)\//.test(file))
    .filter((file) => /Date\.now|new Date\(\)|Math\.random/.test(readFileSync(file, "utf8")));
  expect(strays).toEqual([]);
});

test("no Server Actions, no cached functions, no file whose name says nothing", () => {
  expect(files.filter((file) => /["']use (server|cache)["']/.test(readFileSync(file, "utf8")))).toEqual([]);
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|misc|common|manager|lib)(\.|\/)/i.test(file))).toEqual([]);
});

test("every path that the documents name exists", () => {
  const missing = globSync(["README.md", "CONTRIBUTING.md", "docs/**/*.md"]).flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/`((?:app|server|db|e2e|bench|docs|scripts)\/[\w./()[\]-]*\w)\/?`/g)]
      .map(([, path = ""]) => path)
      .filter((path) => !existsSync(path))
      .map((path) => `${document} names ${path}`),
  );
  expect(missing).toEqual([]);
});
