/** One catalogue file each, `app/messages/<locale>/<namespace>.json`. `shell` is what the kit itself says. */
export const namespaces = [
  "shell",
  "desk",
  "portal",
  "audit",
  "staff",
  "members",
  "tiers",
  "points",
  "offers",
  "orders",
  "orderConsole",
  "mappings",
  "apiKeys",
  "dashboard",
  "fields",
  "activities",
  "notices",
  "consents",
  "benefits",
  "redemption",
] as const;
export type Namespace = (typeof namespaces)[number];
