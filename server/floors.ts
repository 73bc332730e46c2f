import { readFileSync } from "node:fs";
import { z } from "zod";

/** The oldest version of each package without a known hole that would bite here (security R1, R6). */
export const floors = {
  next: "16.4.2",
  react: "19.3.1",
  "react-dom": "19.3.1",
  "@trpc/server": "11.8.0",
  "better-sqlite3": "13.0.0",
  busboy: "1.6.0",
  pg: "8.20.0",
} as const;

const Lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** The version of each of these packages that the lock file installs. */
export function lockedVersions(lockFile: string): Record<string, string> {
  const { packages } = Lock.parse(JSON.parse(readFileSync(lockFile, "utf8")));
  return Object.fromEntries(
    Object.keys(floors).map((name) => [name, packages[`node_modules/${name}`]?.version ?? "none"]),
  );
}

/** True when a version (`1.2.3`, pre-releases count as below) is older than the floor. */
export function isBelow(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split(/[.-]/).map(Number));
  for (const [index, part] of (need ?? []).entries()) {
    const own = have?.[index] ?? Number.NaN;
    if (own !== part) return !(own > part);
  }
  return false;
}
