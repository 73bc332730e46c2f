import { createHash, createHmac, randomUUID } from "node:crypto";
import type { Context } from "../../core/context.ts";
import type { CodeMessage, SmsGateway } from "./gateway.ts";

export type AliyunAccount = {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly signName: string;
  readonly templateCode: string;
};

const HOST = "dysmsapi.aliyuncs.com";
const TIMEOUT_MS = 10_000;

/** Alibaba Cloud SMS (Dysmsapi 2017-05-25, SendSms): the approved template has one variable, `code`. */
export function aliyunGateway(account: AliyunAccount, request: typeof fetch = fetch) {
  return {
    async send(ctx: Pick<Context, "now">, { phone, code }: Pick<CodeMessage, "phone" | "code">): Promise<void> {
      const signed = signAcs3(account, {
        host: HOST,
        action: "SendSms",
        version: "2017-05-25",
        at: ctx.now,
        nonce: randomUUID(),
        query: {
          PhoneNumbers: phone.replace(/^\+86/, ""),
          SignName: account.signName,
          TemplateCode: account.templateCode,
          TemplateParam: JSON.stringify({ code }),
        },
      });
      const response = await request(signed.url, {
        method: "POST",
        headers: signed.headers,
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer: unknown = await response.json();
      const outcome = typeof answer === "object" && answer !== null && "Code" in answer ? answer.Code : null;
      // The provider's message can repeat the number: only its code is passed on.
      if (outcome !== "OK") throw new Error(`SMS refused: ${typeof outcome === "string" ? outcome : response.status}`);
    },
  } satisfies SmsGateway;
}

export type Acs3Call = {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly at: Date;
  readonly nonce: string;
  readonly query: Readonly<Record<string, string>>;
};

/** Signs a call of an RPC-style interface by ACS3-HMAC-SHA256 ("V3 request structure and signature" of Alibaba Cloud). */
export function signAcs3(
  { accessKeyId, accessKeySecret }: Pick<AliyunAccount, "accessKeyId" | "accessKeySecret">,
  { host, action, version, at, nonce, query }: Acs3Call,
): { readonly url: string; readonly headers: Record<string, string> } {
  const bodyHash = sha256("");
  const headers: Record<string, string> = {
    host,
    "x-acs-action": action,
    "x-acs-content-sha256": bodyHash,
    "x-acs-date": `${at.toISOString().slice(0, 19)}Z`,
    "x-acs-signature-nonce": nonce,
    "x-acs-version": version,
  };
  const names = Object.keys(headers).sort();
  const signedNames = names.join(";");
  const queryText = Object.keys(query)
    .sort()
    .map((name) => `${encode(name)}=${encode(query[name] ?? "")}`)
    .join("&");
  const canonical = [
    "POST",
    "/",
    queryText,
    names.map((name) => `${name}:${headers[name]}\n`).join(""),
    signedNames,
    bodyHash,
  ].join("\n");
  const signature = createHmac("sha256", accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest("hex");
  return {
    url: `https://${host}/?${queryText}`,
    headers: {
      ...headers,
      authorization: `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${signedNames},Signature=${signature}`,
    },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** RFC 3986: `encodeURIComponent` leaves five characters more than the signature does. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
