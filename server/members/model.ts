import { z } from "zod";
import { idSchema } from "../core/id.ts";

/** Codes of the members capability; their sentences are in the `members` catalogue. */
export const refusalCodes = [
  "CODE_WRONG",
  "CODE_EXPIRED",
  "PHONE_TAKEN",
  "CARD_NUMBER_NEEDED",
  "LAST_CREDENTIAL",
  "CREDENTIAL_NOT_FOUND",
  "SESSION_NOT_FOUND",
  "MEMBER_NOT_FOUND",
  "SMS_OFF",
] as const;

/** A mobile number of mainland China as people type it: spaces, hyphens, +86 or 0086 allowed; becomes E.164. */
export const Phone = z
  .string()
  .max(24)
  .transform((typed) => typed.replace(/[\s\-()（）]/g, "").replace(/^(\+|00)?86(?=1\d{10}$)/, ""))
  .pipe(z.string().regex(/^1[3-9]\d{9}$/))
  .transform((digits) => `+86${digits}`);

/** The six digits of a one-time code, full-width digits and spaces forgiven. */
export const OneTimeCode = z
  .string()
  .max(16)
  .transform((typed) => typed.normalize("NFKC").replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));

export const SendCode = z.strictObject({ phone: Phone });
/** A card number as people type it: in groups, with full-width digits. */
export const CardNumber = z
  .string()
  .max(24)
  .transform((typed) => typed.normalize("NFKC").replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\d{10}$/));

/** `card` only where a phone was out of use for long. */
export const SignInByPhone = z.strictObject({ phone: Phone, code: OneTimeCode, card: CardNumber.optional() });
export const CheckCode = z.strictObject({ phone: Phone, code: OneTimeCode });
export const OnePasskey = z.strictObject({ passkeyId: idSchema<"passkey">() });
export const OneMemberSession = z.strictObject({ sessionId: idSchema<"memberSession">() });
