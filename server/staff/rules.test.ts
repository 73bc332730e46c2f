import { describe, expect, test } from "vitest";
import { permissions, roles } from "./model.ts";
import { mayUsePassword } from "./passwords/rules.ts";
import { maskEmail, mayEnrol, normaliseEmail, permissionsOf, rolePermissions } from "./rules.ts";

test("every permission belongs to a role, and every role may look after its own account", () => {
  const held = new Set(roles.flatMap((role) => [...rolePermissions(role)]));
  expect([...held].sort()).toEqual([...permissions].sort());
  for (const role of roles) expect(rolePermissions(role).has("account:self")).toBe(true);
});

test("the auditor only looks", () => {
  const acting = [...rolePermissions("auditor")].filter((permission) => !/:(read|self)$/.test(permission));
  expect(acting).toEqual([]);
});

test("whatever the roles, a session without a second factor opens nothing but the account", () => {
  expect([...permissionsOf(roles, false)]).toEqual(["account:self"]);
  expect(permissionsOf(["operator", "auditor"], true).has("audit:read")).toBe(true);
});

test("an e-mail is found however it is typed, and shown masked", () => {
  expect(normaliseEmail(" Lin@Example.COM ")).toBe("lin@example.com");
  expect(maskEmail("lin@example.com")).toBe("l***@example.com");
});

test("the first factor is added freely, any other only just after one was shown", () => {
  const at = new Date("2026-06-15T04:10:00Z");
  const minutesAgo = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
  expect(mayEnrol({ hasFactor: false, steppedUpAt: null }, at).ok).toBe(true);
  expect(mayEnrol({ hasFactor: true, steppedUpAt: null }, at).ok).toBe(false);
  expect(mayEnrol({ hasFactor: true, steppedUpAt: minutesAgo(5) }, at).ok).toBe(true);
  expect(mayEnrol({ hasFactor: true, steppedUpAt: minutesAgo(6) }, at).ok).toBe(false);
});

describe("passwords", () => {
  const codeOf = (password: string) => {
    const verdict = mayUsePassword(password, "lin.daiyu@example.com");
    return verdict.ok ? "ok" : verdict.code;
  };

  test.each([
    ["short1!", "PASSWORD_SHORT"],
    ["红楼梦石头记", "PASSWORD_SHORT"],
    ["123qweasdzxc", "PASSWORD_COMMON"],
    ["Password1234!", "PASSWORD_COMMON"],
    ["!!!Dragon2026!!!", "PASSWORD_COMMON"],
    ["aaaaaaaaaaaaaa", "PASSWORD_COMMON"],
    ["abcdefghijklmn", "PASSWORD_COMMON"],
    ["987654321098", "PASSWORD_COMMON"],
    ["kx7kx7kx7kx7", "PASSWORD_COMMON"],
    ["Lin.Daiyu2026", "PASSWORD_COMMON"],
    ["8391 2204 5573 8812", "ok"],
    ["correct horse battery", "ok"],
    ["一从二令三人木哭向金陵事更哀", "ok"],
  ])("%j: %s", (password, code) => expect(codeOf(password)).toBe(code));
});
