import type { Permission } from "#server/staff/model.ts";

/** The desk's places in the order of the sidebar, each with the permission that opens it. */
export const places = [
  { key: "dashboard", href: "/desk", permission: "dashboard:read" },
  { key: "members", href: "/desk/members", permission: "member:read" },
  { key: "tiers", href: "/desk/tiers", permission: "tier:read" },
  { key: "offers", href: "/desk/offers", permission: "offer:read" },
  { key: "orders", href: "/desk/orders", permission: "order:read" },
  { key: "staff", href: "/desk/staff", permission: "staff:read" },
  { key: "apiKeys", href: "/desk/api-keys", permission: "apiKey:read" },
  { key: "audit", href: "/desk/audit", permission: "audit:read" },
] as const satisfies readonly { key: string; href: string; permission: Permission }[];
export type PlaceKey = (typeof places)[number]["key"];

/** Whether a path lies in a place; the dashboard is only itself. */
export function liesIn(path: string, href: string): boolean {
  return href === "/desk" ? path === href : path === href || path.startsWith(`${href}/`);
}
