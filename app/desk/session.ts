import { cache } from "react";
import type { Permission, Role } from "#server/staff/model.ts";
import { quietServer } from "../trpc/server.ts";

/** Who is at the desk, for what stands around every page. */
export type CurrentStaff = {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
};

/** Who is signed in with both factors; null before that, so that the pages of signing in stand alone. */
export const currentStaff = cache(async (): Promise<CurrentStaff | null> => {
  const api = await quietServer();
  const me = await api.staff.me().catch(() => null);
  return me?.stage === "open" ? me : null;
});
