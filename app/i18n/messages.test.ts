import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { formats } from "#server/orders/formats/index.ts";
import { locales } from "./locales.ts";
import { namespaces } from "./namespaces.ts";
import { translatedKeys } from "./translated-keys.ts";

const Tree: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), Tree])));
type Tree = { [key: string]: string | Tree };

/** Every sentence of a language by its full key. */
function catalogue(locale: string): Map<string, string> {
  const sentences = new Map<string, string>();
  const walk = (path: string, tree: Tree) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === "string") sentences.set(`${path}.${key}`, value);
      else walk(`${path}.${key}`, value);
    }
  };
  for (const file of globSync(`app/messages/${locale}/*.json`)) {
    walk(basename(file, ".json"), Tree.parse(JSON.parse(readFileSync(file, "utf8"))));
  }
  return sentences;
}

const chinese = catalogue("zh-CN");
const english = catalogue("en");

type Parts = { readonly slots: string[]; readonly literals: string[] };
function partsOf(message: string): Parts {
  const slots = new Set<string>();
  const literals: string[] = [];
  const walk = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal) literals.push(element.value);
      else if (element.type === TYPE.pound) continue;
      else slots.add(element.value);
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const option of Object.values(element.options)) walk(option.value);
      }
      if (element.type === TYPE.tag) walk(element.children);
    }
  };
  walk(parse(message));
  return { slots: [...slots].sort(), literals };
}

describe("the two languages", () => {
  test("each namespace is a file in each language", () => {
    for (const locale of locales) {
      const files = globSync(`app/messages/${locale}/*.json`).map((file) => basename(file, ".json"));
      expect(files.sort()).toEqual([...namespaces].sort());
    }
  });

  test("say the same things", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test("name each layout of an order file", () => {
    const names = [...formats.flatMap(({ layouts }) => layouts.map(({ name }) => name)), "generic"];
    expect(names.filter((name) => !chinese.has(`orders.layouts.${name}`))).toEqual([]);
  });

  test("with the same arguments", () => {
    const differing = [...chinese].filter(([key, message]) => {
      const other = english.get(key);
      return other !== undefined && partsOf(message).slots.join() !== partsOf(other).slots.join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test("English holds no Chinese", () => {
    expect([...english].filter(([, message]) => /\p{Script=Han}/u.test(message)).map(([key]) => key)).toEqual([]);
  });
});

describe("Chinese typography", () => {
  const faults: readonly [string, RegExp][] = [
    [
      "one space between 汉字 and Latin or digits",
      /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}|\p{Script=Han} {2,}/u,
    ],
    ["full-width punctuation", /\p{Script=Han} ?[,;:!?]|\p{Script=Han}\.(?!\w)|\(\p{Script=Han}|\p{Script=Han}\)/u],
    ["no space beside full-width punctuation", / [，。；：！？、）]|[，。；：！？、（] /u],
    ["你, not 您", /您/u],
  ];
  test.each(faults)("%s", (_, fault) => {
    const wrong = [...chinese].filter(([, message]) => partsOf(message).literals.some((text) => fault.test(text)));
    expect(wrong.map(([key, message]) => `${key}: ${message}`)).toEqual([]);
  });
});

describe("refusals", () => {
  const Model = z.object({ refusalCodes: z.array(z.string()).default([]) });
  test("every declared code has a sentence in both languages", async () => {
    const models = globSync("server/**/model.ts");
    const codes = await Promise.all(
      models.map(async (file) => Model.parse(await import(pathToFileURL(file).href)).refusalCodes),
    );
    const said = new Set([...chinese.keys()].flatMap((key) => /^\w+\.refusals\.(\w+)$/.exec(key)?.[1] ?? []));
    expect(codes.flat().filter((code) => !said.has(code))).toEqual([]);
  });
});

test("every key that a page names is in the catalogues", () => {
  const named = globSync("app/**/*.{ts,tsx}").flatMap((file) =>
    translatedKeys(readFileSync(file, "utf8")).map((key) => ({ file, key })),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ key }) => !chinese.has(key)).map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
});
