import { z } from "zod";
import { idSchema } from "../../core/id.ts";

/** What an API key may do. Each REST route asks for exactly one. */
export const scopes = ["quote:create", "offer:read", "tier:read", "order:import", "order:read"] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

export const CreateApiKey = z.strictObject({
  /** What the key is for, as the desk shows it: the name of a till or a shop system, never of a person. */
  name: z.string().trim().min(1).max(60),
  scopes: z.array(Scope).min(1).max(scopes.length),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const RevokeApiKey = z.strictObject({ apiKeyId: idSchema<"apiKey">() });
export type RevokeApiKey = z.infer<typeof RevokeApiKey>;

/** How every key begins, so that people and secret scanners recognise one. */
export const KEY_PREFIX = "evh_";

/** Requests a key may make: a burst of so many, refilled at so many a second. */
export const KEY_BURST = 400;
export const KEY_PER_SECOND = 200;

export const refusalCodes = [
  "API_KEY_NOT_FOUND",
  "API_KEY_ALREADY_REVOKED",
  "API_KEY_INVALID",
  "API_KEY_SCOPE_MISSING",
  "API_KEY_THROTTLED",
] as const;
