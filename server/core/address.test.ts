import fc from "fast-check";
import { expect, test } from "vitest";
import { addressGroup } from "./address.ts";

test("IPv4 counts whole", () => {
  expect(addressGroup("203.0.113.7")).toBe("203.0.113.7");
  expect(addressGroup("203.0.113.8")).not.toBe(addressGroup("203.0.113.7"));
});

test("six ways to write one IPv6 address are one group, its /64", () => {
  const forms = [
    "2001:db8:0:1::7",
    "2001:0DB8:0000:0001:0000:0000:0000:0007",
    "2001:db8:0:1:0:0:0.0.0.7",
    "2001:db8::1:0:0:0:7",
    "[2001:db8:0:1::7]",
    "2001:db8:0:1::7%eth0",
  ];
  expect(new Set(forms.map(addressGroup))).toEqual(new Set(["2001:db8:0:1::/64"]));
  expect(addressGroup("2001:db8:0:1:ffff:ffff:ffff:ffff")).toBe("2001:db8:0:1::/64");
  expect(addressGroup("2001:db8:0:2::7")).toBe("2001:db8:0:2::/64");
});

test("IPv4 in IPv6 clothes is IPv4", () => {
  expect(addressGroup("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(addressGroup("::FFFF:cb00:7107")).toBe("203.0.113.7");
  expect(addressGroup("::1")).toBe("0:0:0:0::/64");
});

test.each(["", "unknown", "1.2.3", "1.2.3.256", "1:2:3", "::1::2", "2001:db8:::1", "1:2:3:4:5:6:7:8:9", "g::1"])(
  "%j shares the group of what cannot be told",
  (text) => expect(addressGroup(text)).toBe("unknown"),
);

test("every host of a /64 is in its group, however it is abbreviated", () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const group = addressGroup(address);
      expect(group).not.toBe("unknown");
      expect(addressGroup(address.toUpperCase())).toBe(group);
    }),
  );
});
