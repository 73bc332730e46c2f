import { describe, expect, test } from "vitest";
import { fen } from "#server/core/money.ts";
import { compact, count, date, dateTime, fileSize, maskedId, money, percent, relative } from "./format.ts";

const at = new Date("2026-10-31T16:30:00Z");
const earlier = (ms: number) => new Date(at.getTime() - ms);

describe("money", () => {
  test.each([
    [129990, "¥1,299.90"],
    [0, "¥0.00"],
    [5, "¥0.05"],
    [-120, "-¥1.20"],
  ])("%i fen", (amount, text) => {
    expect(money("zh-CN", fen(amount))).toBe(text);
    expect(money("en", fen(amount))).toBe(text);
  });
});

describe("numbers", () => {
  test("counts carry separators", () => expect(count("zh-CN", 3412)).toBe("3,412"));
  test("percent keeps one decimal", () => expect(percent("en", 0.1255)).toBe("12.6%"));
  test("charts use 万", () => expect(compact("zh-CN", 12300)).toBe("1.2 万"));
  test("charts use K", () => expect(compact("en", 12300)).toBe("12.3K"));
  test("file sizes", () =>
    expect([972, 1536, 5_000_000].map((bytes) => fileSize("en", bytes))).toEqual(["0.9 kB", "1.5 kB", "4.8 MB"]));
});

describe("time is Beijing time", () => {
  test("minute", () => expect(dateTime(at)).toBe("2026-11-01 00:30"));
  test("day", () => expect(date(at)).toBe("2026-11-01"));
  test("just now", () => expect(relative("zh-CN", earlier(20_000), at)).toBe("刚刚"));
  test("minutes ago", () => expect(relative("zh-CN", earlier(5 * 60_000), at)).toBe("5 分钟前"));
  test("hours ago in English", () => expect(relative("en", earlier(3 * 3_600_000), at)).toBe("3 hours ago"));
  test("older than a day is the minute", () =>
    expect(relative("zh-CN", earlier(90_000_000), at)).toBe("2026-10-30 23:30"));
});

describe("masked id", () => {
  test("keeps four and four", () => expect(maskedId("403112348821")).toBe("4031…8821"));
  test("hides short ids", () => expect(maskedId("12345678")).toBe("…78"));
});
