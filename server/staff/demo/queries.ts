import { loadConfig } from "../../config.ts";
import type { Context } from "../../core/context.ts";
import { emailIndex } from "../service.ts";
import { demoStaff } from "./model.ts";

/** True when this deployment is the demo (EVENHAND_DEMO=1). */
export function isDemo(): boolean {
  return loadConfig(process.env).demo;
}

/**
 * Whether an account may be used here: the demo's, whose passwords are public, only while this is the demo, even if
 * somebody goes on working with its database.
 */
export function mayBeUsed(ctx: Pick<Context, "keys">, index: Buffer): boolean {
  return isDemo() || !demoStaff.some(({ email }) => emailIndex(ctx, email).equals(index));
}
