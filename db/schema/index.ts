export * from "./api-keys.ts";
export * from "./audit.ts";
export * from "./core.ts";
export * from "./idempotency.ts";
export * from "./jobs.ts";
export * from "./members.ts";
export * from "./staff.ts";
