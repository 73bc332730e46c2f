import type { AnyRouter } from "@trpc/server";
import { z } from "zod";
import { permissions } from "../staff/model.ts";

const Access = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("staff"), permission: z.enum(permissions), stepUp: z.boolean() }),
  z.object({ kind: z.literal("member") }),
  z.object({ kind: z.literal("anyone") }),
]);
const Declared = z.object({
  type: z.enum(["query", "mutation", "subscription"]),
  meta: z.object({ access: Access }),
});

/** One procedure and who may call it. */
export type ManifestLine = { readonly path: string; readonly type: string; readonly access: z.infer<typeof Access> };

/** Every procedure of a router with what it declares. Throws, by name, for one that declares no access. */
export function procedureManifest(router: AnyRouter): readonly ManifestLine[] {
  const found: Record<string, unknown> = { ...router._def.procedures };
  return Object.entries(found).map(([path, procedure]) => {
    const definition = typeof procedure === "function" && "_def" in procedure ? procedure._def : undefined;
    const declared = Declared.safeParse(definition);
    if (!declared.success) throw new Error(`procedure ${path} does not declare who may call it`);
    return { path, type: declared.data.type, access: declared.data.meta.access };
  });
}
