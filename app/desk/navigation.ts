import type { Permission } from "#server/staff/model.ts";

/** The desk's places in the order of the sidebar, each with the permission that opens it; `alias` is what one may type for it. */
export const places = [
  { key: "dashboard", href: "/desk", permission: "dashboard:read", alias: "jinri jr today dashboard" },
  { key: "members", href: "/desk/members", permission: "member:read", alias: "huiyuan hy members" },
  { key: "tiers", href: "/desk/tiers", permission: "tier:read", alias: "dengji dj tiers" },
  { key: "points", href: "/desk/points", permission: "points:read", alias: "jifen jf points" },
  { key: "offers", href: "/desk/offers", permission: "offer:read", alias: "youhui yh offers" },
  { key: "benefits", href: "/desk/benefits", permission: "benefit:read", alias: "quanyi qy benefits" },
  { key: "redeem", href: "/desk/redeem", permission: "benefit:redeem", alias: "hexiao hx redeem saoma" },
  { key: "stores", href: "/desk/stores", permission: "store:manage", alias: "mendian md stores" },
  { key: "orders", href: "/desk/orders", permission: "order:read", alias: "dingdan dd orders import daoru" },
  { key: "fields", href: "/desk/fields", permission: "field:read", alias: "ziduan mulu zdml fields shouji qingdan" },
  {
    key: "activities",
    href: "/desk/activities",
    permission: "activity:read",
    alias: "chuli huodong clhd activities pia ropa",
  },
  { key: "notices", href: "/desk/notices", permission: "notice:read", alias: "gaozhishu gzs notices yinsi privacy" },
  { key: "minors", href: "/desk/minors", permission: "guardianship:read", alias: "weichengnian wcn minors jianhu" },
  { key: "retention", href: "/desk/retention", permission: "retention:read", alias: "baocun qixian bcqx retention" },
  { key: "staff", href: "/desk/staff", permission: "staff:read", alias: "yuangong yg staff" },
  { key: "apiKeys", href: "/desk/api-keys", permission: "apiKey:read", alias: "jiekou miyao jkmy api keys" },
  { key: "audit", href: "/desk/audit", permission: "audit:read", alias: "shenji sj audit" },
] as const satisfies readonly { key: string; href: string; permission: Permission; alias: string }[];
export type PlaceKey = (typeof places)[number]["key"];

/** Whether a path lies in a place; the dashboard is only itself. */
export function liesIn(path: string, href: string): boolean {
  return href === "/desk" ? path === href : path === href || path.startsWith(`${href}/`);
}
