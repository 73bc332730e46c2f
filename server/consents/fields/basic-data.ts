import type { PublicText } from "../../core/public-text.ts";
import type { BasicDatum } from "./model.ts";

/**
 * Every personal datum that the product keeps outside the vault, in the tables of its own work, with where it lies. A
 * test holds this against the schema: a new column about a person that is not listed here fails it.
 */
export const basicData: readonly BasicDatum[] = [
  {
    ...told("cardNumber", "会员卡号", "Card number"),
    locations: ["members.number"],
    ...handled("plain", ["account", "orders"], "membership", "delete"),
  },
  {
    ...told("membership", "入会与注销时间", "When one joined and left"),
    locations: ["members.joined_at", "members.closed_at"],
    ...handled("plain", ["account"], "membership", "delete"),
  },
  {
    ...told("phone", "手机号", "Phone number"),
    locations: [
      "member_phones.sealed",
      "member_phones.phone_index",
      "member_phones.verified_at",
      "one_time_codes.phone_index",
    ],
    ...handled("sealed", ["account"], "membership", "destroyKey"),
  },
  {
    ...told("oneTimeCode", "短信验证码", "One-time codes by SMS"),
    locations: ["one_time_codes.message", "one_time_codes.code_hash", "sms_outbox.sealed"],
    ...handled("sealed", ["account", "security"], "minutes", "delete"),
  },
  {
    ...told("passkey", "通行密钥", "Passkeys"),
    locations: [
      "member_passkeys.credential_id",
      "member_passkeys.public_key",
      "member_passkeys.counter",
      "member_passkeys.transports",
      "member_passkeys.backed_up",
      "member_passkeys.last_used_at",
      "passkey_challenges.challenge",
      "passkey_challenges.subject_id",
    ],
    ...handled("plain", ["account", "security"], "membership", "delete"),
  },
  {
    ...told("session", "登录会话", "Sessions"),
    locations: ["member_sessions.token_hash", "member_sessions.last_seen_at", "member_sessions.ended_at"],
    ...handled("hashed", ["account", "security"], "session", "delete"),
  },
  {
    ...told("device", "设备与浏览器", "Device and browser"),
    locations: [
      "member_sessions.device",
      "member_passkeys.device",
      "one_time_codes.browser",
      "sms_outbox.browser",
      "passkey_challenges.browser",
    ],
    ...handled("masked", ["account", "security"], "session", "delete"),
  },
  {
    ...told("limits", "访问频次", "How often one tried"),
    locations: ["limit_counters.key", "limit_counters.uses", "limit_counters.refused_at"],
    ...handled("hashed", ["security"], "minutes", "delete"),
  },
  {
    ...told("orderNumber", "脱敏订单号与订单指纹", "Masked order number and fingerprint"),
    locations: [
      ...of("orders", "order_key masked_id rows_hash"),
      "overwritten_orders.rows_hash",
      "claims.masked_id",
      "claim_keys.order_key",
    ],
    ...handled("masked", ["orders"], "membership", "delete"),
  },
  {
    ...told("orderFacts", "订单金额、状态与时间", "Amounts, states and times of orders"),
    locations: [
      ...of("orders", "platform status paid refunded refund_unknown placed_at paid_at shipped_at completed_at parts"),
      ...of(
        "overwritten_orders",
        "status paid refunded refund_unknown placed_at paid_at shipped_at completed_at parts owned",
      ),
    ],
    ...handled("plain", ["orders"], "membership", "delete"),
  },
  {
    ...told("virtualNumber", "虚拟号码", "Relay number"),
    locations: [
      ...of("virtual_numbers", "sealed masked number_tail extension_tail"),
      ...of("overwritten_numbers", "sealed masked number_tail extension_tail"),
    ],
    ...handled("sealed", ["orders"], "delivery", "delete"),
  },
  {
    ...told("rejectedRows", "导入时退回的行", "Rows that an import rejected"),
    locations: ["import_rejects.sealed", ...of("import_findings", "row column masked")],
    ...handled("sealed", ["orders"], "rejects", "delete"),
  },
  {
    ...told("claim", "订单认领", "Claims of orders"),
    locations: of("claims", "fact_kind fact_hash state reason"),
    ...handled("hashed", ["orders"], "membership", "delete"),
  },
  {
    ...told("growth", "成长值流水", "Growth"),
    locations: of("growth_lines", "growth earned_at recorded_at reason"),
    ...handled("plain", ["orders"], "membership", "delete"),
  },
  {
    ...told("points", "积分流水与扣减", "Points and deductions"),
    locations: [
      ...of("points_lines", "kind rule direction points available_at expires_at recorded_at"),
      ...of("points_accounts", "lines due_at"),
      ...of("points_deductions", "points reason at"),
    ],
    ...handled("plain", ["orders"], "membership", "delete"),
  },
  {
    ...told("tier", "会员等级与变动", "Tier and its changes"),
    locations: [
      ...of("tier_standings", "tier earned since keep_until grace_until due_at evaluated_at"),
      ...of("tier_changes", "from_tier to_tier explanation recorded_at"),
      ...of("tier_warnings", "tier projected_tier missing keep_until recorded_at"),
      ...of("tier_assignments", "tier reason state ends_at"),
    ],
    ...handled("plain", ["orders"], "membership", "delete"),
  },
  {
    ...told("offerUse", "优惠使用", "Use of offers"),
    locations: [
      ...of("offer_uses", "offer_id period used"),
      ...of("offer_reservations", "offer_id period discount_fen code_hash state settled_at"),
    ],
    ...handled("plain", ["orders"], "membership", "delete"),
  },
  {
    ...told("benefitUse", "权益、预约与核销", "Benefits, bookings and their use"),
    locations: [
      ...of("benefit_grants", "benefit_id uses reason revoke_reason ends_at revoked_at"),
      ...of("entitlements", "benefit_id period allowance used"),
      ...of("bookings", "benefit_id slot_id period state settled_at"),
      ...of("redemptions", "benefit_id store_id period at"),
      ...of("redemption_codes", "benefit_id digits_hash state"),
    ],
    ...handled("plain", ["orders"], "membership", "delete"),
  },
  {
    ...told("child", "宝宝序号与亲子码", "The child's number and code", "child"),
    locations: [
      ...of("children", "ordinal code added_at removed_at"),
      "bookings.child_id",
      "redemption_codes.child_id",
    ],
    ...handled("plain", ["account"], "membership", "delete"),
  },
  {
    ...told("guardianship", "监护关系与争议", "Guardianship and disputes", "child"),
    locations: [
      ...of("guardian_relations", "relation method state declared_at ended_at"),
      ...of("guardian_cases", "reason state note opened_at decided_at"),
    ],
    ...handled("plain", ["rights"], "evidence", "delete"),
  },
  {
    ...told("consent", "同意、拒绝与撤回记录", "Records of consent, refusal and withdrawal"),
    locations: [
      ...of("served_events", "purpose channel locale screen_hash shown_at"),
      ...of("consent_events", "purpose action reason fields channel locale at previous_hash hash"),
      ...of("grants", "purpose state fields since hold_until"),
      ...of("restrictions", "purpose since"),
    ],
    ...handled("plain", ["rights"], "evidence", "keep"),
  },
  {
    ...told("disposal", "删除记录", "Records of erasure"),
    locations: of("disposals", "purpose fields erased remaining trigger at"),
    ...handled("plain", ["rights"], "evidence", "keep"),
  },
  {
    ...told("access", "谁看过你的信息", "Who looked at one's data"),
    locations: of("read_tickets", "purpose fields reason state requested_at decided_at"),
    ...handled("plain", ["rights", "security"], "evidence", "keep"),
  },
  {
    ...told("audit", "操作日志", "Audit log"),
    locations: of(
      "audit_entries",
      "at actor_kind actor_id action purpose subject_kind subject_id request_id outcome detail commitment",
    ),
    ...handled("plain", ["security", "rights"], "evidence", "keep"),
  },
];

/** What it is called and whose it is; whatever is of a child is of a minor. */
function told(key: string, chinese: string, english: string, subject: BasicDatum["subject"] = "member") {
  const name: PublicText = { "zh-CN": chinese, en: english };
  return { key, subject, class: subject === "child" ? "minor" : "general", name } as const;
}

function handled(
  masking: BasicDatum["masking"],
  purposes: BasicDatum["purposes"],
  retention: BasicDatum["retention"],
  disposal: BasicDatum["disposal"],
) {
  return { masking, purposes, retention, disposal };
}

/** Columns of one table. */
function of(table: string, columns: string): string[] {
  return columns.split(" ").map((column) => `${table}.${column}`);
}
