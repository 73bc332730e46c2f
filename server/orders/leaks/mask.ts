import type { LeakKind } from "../reading/model.ts";
import type { Finding } from "./detect.ts";

/** What may be shown of something personal, so that people can find it in their own file. */
export function maskLeak(kind: LeakKind, value: string): string {
  const text = value.trim();
  switch (kind) {
    case "mobile": {
      const digits = text.replace(/\D/g, "").slice(-11);
      return digits.length === 11 ? `${digits.slice(0, 3)}****${digits.slice(-2)}` : "****";
    }
    case "id_card":
      return `${text.slice(0, 3)}***************`;
    case "bank_card":
      return `${text.slice(0, 4)}****${text.slice(-2)}`;
    case "landline":
      return `${text.slice(0, 3)}****`;
    case "email":
      return `${text.slice(0, 1)}***@***`;
    case "name":
      return `${text.slice(0, 1)}**`;
    case "wechat":
    case "qq":
      return "****";
    case "address":
      return `${text.slice(0, 2)}****`;
  }
}

/** The cell with everything personal in it masked, and nothing else changed but its width. */
export function redact({ text, hits }: Finding): string {
  let redacted = text;
  for (const { kind, start, end } of [...hits].sort((a, b) => b.start - a.start)) {
    redacted = redacted.slice(0, start) + maskLeak(kind, text.slice(start, end)) + redacted.slice(end);
  }
  return redacted;
}
