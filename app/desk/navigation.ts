import type { Permission } from "#server/staff/model.ts";

/** The desk's places in the order of the sidebar, each with the permission that opens it; `alias` is what one may type for it. */
export const places = [
  { key: "dashboard", href: "/desk", permission: "dashboard:read", alias: "jinri jr today dashboard" },
  { key: "members", href: "/desk/members", permission: "member:read", alias: "huiyuan hy members" },
  { key: "tiers", href: "/desk/tiers", permission: "tier:read", alias: "dengji dj tiers" },
  { key: "offers", href: "/desk/offers", permission: "offer:read", alias: "youhui yh offers" },
  { key: "orders", href: "/desk/orders", permission: "order:read", alias: "dingdan dd orders import daoru" },
  { key: "notices", href: "/desk/notices", permission: "notice:read", alias: "gaozhishu gzs notices yinsi privacy" },
  { key: "staff", href: "/desk/staff", permission: "staff:read", alias: "yuangong yg staff" },
  { key: "apiKeys", href: "/desk/api-keys", permission: "apiKey:read", alias: "jiekou miyao jkmy api keys" },
  { key: "audit", href: "/desk/audit", permission: "audit:read", alias: "shenji sj audit" },
] as const satisfies readonly { key: string; href: string; permission: Permission; alias: string }[];
export type PlaceKey = (typeof places)[number]["key"];

/** Whether a path lies in a place; the dashboard is only itself. */
export function liesIn(path: string, href: string): boolean {
  return href === "/desk" ? path === href : path === href || path.startsWith(`${href}/`);
}
