import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { envExample, loadConfig, WrongSettings } from "./config.ts";

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (reason) {
    if (reason instanceof WrongSettings) return reason.lines;
    throw reason;
  }
}

test("nothing set is a production server on this machine's SQLite, without demo accounts", () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    mode: "production",
    demo: false,
    port: 3000,
    sms: { gateway: "off" },
    publicOrigin: null,
  });
  expect(config.keyDir).toBe(`${config.dataDir}/keys`);
});

test("each wrong setting gives one line that names it and does not repeat its value", () => {
  const lines = linesOf({ PORT: "hunter2", EVENHAND_DEMO: "yes", METRICS_TOKEN: "short-secret" });
  expect(lines.map((line) => line.split(":")[0])).toEqual(["EVENHAND_DEMO", "PORT", "METRICS_TOKEN"]);
  expect(lines.join()).not.toMatch(/hunter2|short-secret/);
});

test("an empty setting is an unset one", () => {
  expect(loadConfig({ PORT: "", PUBLIC_ORIGIN: "" })).toMatchObject({ port: 3000, publicOrigin: null });
});

test("the origin is reduced to an origin", () => {
  expect(loadConfig({ PUBLIC_ORIGIN: "https://members.example.com/path?x" }).publicOrigin).toBe(
    "https://members.example.com",
  );
  expect(linesOf({ PUBLIC_ORIGIN: "javascript:alert(1)" })).toHaveLength(1);
});

test("one-time codes are shown on screen only in a demo or in development", () => {
  expect(linesOf({ SMS_GATEWAY: "outbox" })).toHaveLength(1);
  expect(loadConfig({ SMS_GATEWAY: "outbox", EVENHAND_DEMO: "1" }).sms.gateway).toBe("outbox");
  expect(loadConfig({ SMS_GATEWAY: "outbox", NODE_ENV: "development" }).sms.gateway).toBe("outbox");
});

test("Alibaba Cloud SMS needs all four of its settings", () => {
  expect(linesOf({ SMS_GATEWAY: "aliyun", ALIYUN_ACCESS_KEY_ID: "id" })).toHaveLength(3);
});

test(".env.example is current (npm run -s evenhand -- settings example > .env.example)", () => {
  expect(readFileSync(new URL("../.env.example", import.meta.url), "utf8")).toBe(envExample());
});
