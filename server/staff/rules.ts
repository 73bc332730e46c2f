import { no, type Verdict, yes } from "../core/refusal.ts";
import { type Permission, permissions, type Role } from "./model.ts";

const everyone = ["dashboard:read", "account:self"] as const satisfies readonly Permission[];

/** What each role may do (promise 22). The owner runs the house; nobody approves what they drafted themselves. */
const permissionsByRole: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(permissions.filter((permission) => permission !== "benefit:redeem")),
  operator: new Set([
    ...everyone,
    "member:read",
    "tier:read",
    "tier:draft",
    "tier:approve",
    "tier:publish",
    "tier:assign",
    "points:read",
    "points:propose",
    "points:publish",
    "points:deduct",
    "offer:read",
    "offer:draft",
    "offer:approve",
    "offer:publish",
    "offer:simulate",
    "decision:read",
    "order:read",
    "field:read",
    "field:add",
    "activity:read",
    "activity:draft",
    "activity:assess",
    "notice:read",
    "notice:draft",
    "notice:review",
    "benefit:read",
    "benefit:draft",
    "benefit:publish",
    "benefit:grant",
    "benefit:schedule",
    "store:manage",
    "ticket:request",
    "field:view",
    "guardianship:read",
    "guardianship:open",
  ]),
  privacyOfficer: new Set([
    ...everyone,
    "member:read",
    "member:reveal",
    "tier:read",
    "points:read",
    "offer:read",
    "decision:read",
    "order:read",
    "order:override",
    "field:read",
    "field:add",
    "field:view",
    "activity:read",
    "activity:draft",
    "activity:assess",
    "activity:approve",
    "activity:move",
    "notice:read",
    "notice:draft",
    "notice:review",
    "notice:publish",
    "benefit:read",
    "benefit:approve",
    "ticket:request",
    "ticket:decide",
    "guardianship:read",
    "guardianship:open",
    "guardianship:decide",
    "retention:read",
    "retention:run",
    "staff:read",
    "apiKey:read",
    "audit:read",
    "order:export",
  ]),
  orderOperations: new Set([
    ...everyone,
    "member:read",
    "order:read",
    "order:import",
    "order:dial",
    "claim:decide",
    "order:export",
  ]),
  storeStaff: new Set(["account:self", "benefit:redeem"]),
  auditor: new Set([
    ...everyone,
    "member:read",
    "tier:read",
    "points:read",
    "offer:read",
    "decision:read",
    "order:read",
    "field:read",
    "activity:read",
    "notice:read",
    "benefit:read",
    "guardianship:read",
    "retention:read",
    "staff:read",
    "apiKey:read",
    "audit:read",
  ]),
};

/** The permissions of one role. */
export function rolePermissions(role: Role): ReadonlySet<Permission> {
  return permissionsByRole[role];
}

/** How long a shown second factor covers the acts that ask for one (5 minutes). */
export const STEP_UP_MS = 5 * 60_000;

/**
 * What a session may do: what its roles may, once a second factor was shown in it; before that nothing but show or
 * enrol one.
 */
export function permissionsOf(roles: readonly Role[], secondFactorShown: boolean): ReadonlySet<Permission> {
  if (!secondFactorShown) return new Set(["account:self"]);
  return new Set(roles.flatMap((role) => [...rolePermissions(role)]));
}

/** The form in which one address is always the same text. */
export function normaliseEmail(typed: string): string {
  return typed.normalize("NFKC").trim().toLowerCase();
}

/** How an e-mail is shown, to its owner too: l***@example.com. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}***${email.slice(at)}`;
}

/**
 * Whether a session may add a second factor: the first one freely, since nothing better can be shown yet; any other only
 * just after one was shown, or a stolen password would be enough to add the thief's own.
 */
export function mayEnrol(
  session: { readonly hasFactor: boolean; readonly steppedUpAt: Date | null },
  at: Date,
): Verdict {
  if (!session.hasFactor) return yes;
  const isFresh = session.steppedUpAt !== null && at.getTime() - session.steppedUpAt.getTime() <= STEP_UP_MS;
  return isFresh ? yes : no("STEP_UP_REQUIRED");
}
