import { z } from "zod";

/** What a member of staff may do. A procedure names exactly one of these. */
export const permissions = [
  "dashboard:read",
  "member:read",
  "member:reveal",
  "tier:read",
  "tier:draft",
  "tier:approve",
  "tier:publish",
  "tier:assign",
  "offer:read",
  "offer:draft",
  "offer:approve",
  "offer:publish",
  "offer:simulate",
  "decision:read",
  "order:read",
  "order:import",
  "order:override",
  "order:dial",
  "claim:decide",
  "benefit:redeem",
  "staff:read",
  "staff:invite",
  "staff:assign",
  "apiKey:read",
  "apiKey:create",
  "audit:read",
  "export:create",
  "account:self",
] as const;
export type Permission = (typeof permissions)[number];

/** The six roles of the glossary; each is a set of permissions (`rules.ts`). */
export const roles = ["owner", "operator", "privacyOfficer", "orderOperations", "storeStaff", "auditor"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;
