import { ADDRESS, CODE, ID_CARD, NAME, PHONE, type Role } from "../leaks/roles.ts";
import type { Mappable, Mapping, SensitiveKind } from "../mapping/model.ts";
import type { Platform } from "../reading/model.ts";
import type { Declared, Layout } from "./format.ts";
import { formats } from "./index.ts";

/** Ids that no platform issued: of letters, digits, - and _, with a digit among them. */
export const ownOrderId = /^(?=[A-Za-z_-]*\d)[A-Za-z0-9][A-Za-z0-9_-]{3,39}$/;

const roleOf: Readonly<Record<SensitiveKind, Role>> = { name: NAME, phone: PHONE, address: ADDRESS, idCard: ID_CARD };

/** Fields whose cells are codes, dates or amounts, whatever their column is called: digits there are no phone. */
const coded: readonly Mappable[] = [
  ...(["orderId", "lineId", "paid", "refund", "sku", "quantity"] as const),
  ...(["placedAt", "paidAt", "shippedAt", "completedAt", "phoneExpiresAt"] as const),
];

/** The layout that a mapping declares: read like any platform's, under the one header that it was made for. */
export function declaredBy(mapping: Mapping): Declared {
  const { header, columns, platform, source } = mapping;
  return { platform, header, space: source, layout: layoutOf(mapping, columns) };
}

function layoutOf(mapping: Mapping, columns: Mapping["columns"]): Layout {
  const { platform, amounts, refunds, words, afterSaleWords, assumed, unit } = mapping;
  const { orderId, placedFromId } = idsOf(platform);
  const line = columns.lineId ?? (platform === "other" ? columns.sku : undefined);
  return {
    name: "generic",
    columns: Object.fromEntries(Object.entries(columns).map(([field, name]) => [field, [name]])),
    required: ["orderId", "paid", ...(columns.status === undefined ? [] : (["status"] as const))],
    marks: [],
    lineBy: line === undefined ? [] : [[line]],
    paidScope: amounts,
    refundScope: amounts,
    refundIs: columns.afterSale === undefined ? "returned" : refunds,
    // Of a file whose amounts are paid minus refunded, and only of such a one, a refund is larger than what was paid.
    paidIs: "net",
    orderId,
    words,
    afterSaleWords,
    noRefundWords: ["无退款申请"],
    ...(assumed !== null && { assumed }),
    unit,
    roles: rolesOf(mapping),
    ...(placedFromId && { placedFromId }),
  };
}

/** Id shapes and rules of a platform are the same in whichever layout it hands them out. */
function idsOf(platform: Platform): Pick<Layout, "orderId" | "placedFromId"> {
  const layouts = formats.find((format) => format.platform === platform)?.layouts ?? [];
  const [first] = layouts;
  if (first === undefined) return { orderId: ownOrderId };
  const shapes = [...new Set(layouts.map(({ orderId }) => orderId.source))];
  return { ...first, orderId: new RegExp(shapes.map((shape) => `(?:${shape})`).join("|")) };
}

function rolesOf({ columns, sensitive }: Mapping): Record<string, Role> {
  const roles: Record<string, Role> = {};
  for (const [name, kind] of Object.entries(sensitive)) roles[name] = roleOf[kind];
  for (const field of coded) if (columns[field] !== undefined) roles[columns[field]] = CODE;
  if (columns.phone !== undefined) roles[columns.phone] = PHONE;
  return roles;
}
