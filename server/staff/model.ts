import { z } from "zod";
import { idSchema } from "../core/id.ts";

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
  "order:import",
  "order:override",
  "order:dial",
  "claim:decide",
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
  "benefit:draft",
  "benefit:approve",
  "benefit:publish",
  "benefit:grant",
  "benefit:schedule",
  "benefit:redeem",
  "store:manage",
  "ticket:request",
  "ticket:decide",
  "guardianship:read",
  "guardianship:open",
  "guardianship:decide",
  "retention:read",
  "retention:run",
  "staff:read",
  "staff:invite",
  "staff:assign",
  "apiKey:read",
  "apiKey:create",
  "audit:read",
  "order:export",
  "account:self",
] as const;
export type Permission = (typeof permissions)[number];

/** The six roles of the glossary; each is a set of permissions (`rules.ts`). */
export const roles = ["owner", "operator", "privacyOfficer", "orderOperations", "storeStaff", "auditor"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Codes of the staff capability; their sentences are in the `staff` catalogue. */
export const refusalCodes = [
  "CREDENTIALS_WRONG",
  "CODE_REJECTED",
  "PASSWORD_SHORT",
  "PASSWORD_COMMON",
  "PASSWORD_WRONG",
  "INVITATION_CLOSED",
  "EMAIL_IN_USE",
  "STAFF_NOT_FOUND",
  "STAFF_SESSION_NOT_FOUND",
  "FACTOR_NOT_FOUND",
  "LAST_FACTOR",
  "LAST_OWNER",
  "NOT_YOURSELF",
] as const;

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

export const Email = z.string().trim().max(254).pipe(z.email());
/** What colleagues call somebody. */
export const StaffName = z.string().trim().min(1).max(40);
/** Only bounded here: what makes a new password good enough is decided by `passwords/rules.ts`, with its reason. */
export const Password = z.string().min(1).max(PASSWORD_MAX);
/** The six digits of an authenticator app, full-width digits and spaces forgiven. */
export const TotpCode = z
  .string()
  .max(16)
  .transform((typed) => typed.normalize("NFKC").replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));
/** At least one role, none twice. */
export const Roles = z
  .array(Role)
  .min(1)
  .max(roles.length)
  .transform((chosen) => roles.filter((role) => chosen.includes(role)));

export const SignIn = z.strictObject({ email: Email, password: Password });
export const ShowTotp = z.strictObject({ code: TotpCode });
export const ConfirmTotp = z.strictObject({
  pending: z
    .string()
    .max(400)
    .regex(/^[\w-]+$/),
  code: TotpCode,
});
export const ChangePassword = z.strictObject({ current: Password, next: Password });
export const OneStaffSession = z.strictObject({ sessionId: idSchema<"staffSession">() });
export const OnePasskey = z.strictObject({ passkeyId: idSchema<"passkey">() });
export const OneStaff = z.strictObject({ staffId: idSchema<"staff">() });
export const AssignRoles = z.strictObject({ staffId: idSchema<"staff">(), roles: Roles });
export const Invite = z.strictObject({ email: Email, roles: Roles });
export const OneInvitation = z.strictObject({ invitationId: idSchema<"staffInvitation">() });
export const InvitationToken = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });
export const AcceptInvitation = z.strictObject({
  token: z.string().regex(/^[\w-]{43}$/),
  name: StaffName,
  password: Password,
});
