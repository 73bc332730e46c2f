/** Codes that any door may answer with; their sentences are in the `shell` catalogue. */
export const refusalCodes = [
  "SIGN_IN_REQUIRED",
  "PERMISSION_MISSING",
  "STEP_UP_REQUIRED",
  "SECOND_FACTOR_REQUIRED",
  "TOO_MANY_ATTEMPTS",
  "PASSKEY_REJECTED",
  "UPLOAD_TOO_LARGE",
  "UPLOAD_EMPTY",
  "UPLOAD_NOT_FOUND",
  "BODY_TOO_LARGE",
  "ORIGIN_FORBIDDEN",
  "INPUT_INVALID",
] as const;
