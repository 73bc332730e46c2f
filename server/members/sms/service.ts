import { processConfig, type SmsConfig } from "../../config.ts";
import { Refusal } from "../../core/refusal.ts";
import { aliyunGateway } from "./aliyun.ts";
import type { SmsGateway } from "./gateway.ts";
import { outboxGateway } from "./outbox.ts";

/** How codes leave this deployment: `outbox` shows them on screen (demo and development only). */
export function smsMode(): SmsConfig["gateway"] {
  return processConfig().sms.gateway;
}

/** The way out that the settings name. Refuses: SMS_OFF. */
export function smsGateway(sms: SmsConfig = processConfig().sms): SmsGateway {
  if (sms.gateway === "off") throw new Refusal("SMS_OFF", {}, "unavailable");
  return sms.gateway === "aliyun" ? aliyunGateway(sms) : outboxGateway;
}
