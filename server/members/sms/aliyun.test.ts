import { expect, test } from "vitest";
import { aliyunGateway, signAcs3 } from "./aliyun.ts";

test("signs as the provider's own worked example does", () => {
  const { headers } = signAcs3(
    { accessKeyId: "YourAccessKeyId", accessKeySecret: "YourAccessKeySecret" },
    {
      host: "ecs.cn-shanghai.aliyuncs.com",
      action: "RunInstances",
      version: "2014-05-26",
      at: new Date("2023-10-26T10:22:32Z"),
      nonce: "3156853299f313e23d1673dc12e1703d",
      query: { ImageId: "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", RegionId: "cn-shanghai" },
    },
  );
  expect(headers.authorization).toBe(
    "ACS3-HMAC-SHA256 Credential=YourAccessKeyId," +
      "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version," +
      "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
  );
});

const account = { accessKeyId: "id", accessKeySecret: "secret", signName: "青禾", templateCode: "SMS_1" };
const now = new Date("2026-06-15T04:00:00Z");
const message = { phone: "+8613800138000", code: "012345" };

test("sends number and code to the approved template", async () => {
  const asked: URL[] = [];
  const request: typeof fetch = async (url) => {
    asked.push(new URL(String(url)));
    return Response.json({ Code: "OK" });
  };
  await aliyunGateway(account, request).send({ now }, message);
  const [url] = asked;
  expect(url?.host).toBe("dysmsapi.aliyuncs.com");
  expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
    PhoneNumbers: "13800138000",
    SignName: "青禾",
    TemplateCode: "SMS_1",
    TemplateParam: '{"code":"012345"}',
  });
});

test("a refusal is an error that names the provider's code and nothing personal", async () => {
  const request: typeof fetch = async () =>
    Response.json({ Code: "isv.BUSINESS_LIMIT_CONTROL", Message: "13800138000 too often" });
  const sending = aliyunGateway(account, request).send({ now }, message);
  await expect(sending).rejects.toThrow(/^SMS refused: isv\.BUSINESS_LIMIT_CONTROL$/);
});
