import { expect, test } from "vitest";
import { builtInFields } from "#server/consents/fields/catalogue.ts";
import type { FieldDefinition } from "#server/consents/fields/model.ts";
import { definitionOf } from "./field-definition.ts";

/** A definition as somebody would type it in. */
function typed({ key, subject, class: of, name, format }: FieldDefinition): FormData {
  const data = new FormData();
  const both = (path: string, text: FieldDefinition["name"]) => {
    data.set(`${path}.zh-CN`, text["zh-CN"]);
    data.set(`${path}.en`, text.en);
  };
  data.set("subject", subject);
  data.set("key", key.slice(subject.length + 1));
  data.set("class", of);
  both("name", name);
  data.set("format.kind", format.kind);
  if (format.kind === "number") {
    both("format.unit", format.unit);
    for (const part of ["min", "max", "decimals"] as const) data.set(`format.${part}`, String(format[part]));
    if (format.measured) data.set("format.measured", "on");
  }
  if (format.kind === "text") data.set("format.maxLength", String(format.maxLength));
  if (format.kind === "choice") {
    for (const [index, option] of format.options.entries()) {
      data.append("format.option", String(index));
      data.set(`format.options.${index}.value`, option.value);
      both(`format.options.${index}.name`, option.name);
    }
  }
  return data;
}

const text: FieldDefinition = {
  key: "member.nickname",
  subject: "member",
  class: "general",
  name: { "zh-CN": "昵称", en: "Nickname" },
  format: { kind: "text", maxLength: 20 },
};

test.each([...builtInFields, text].map((definition) => [definition.key, definition] as const))(
  "%s is read as it was typed",
  (_, definition) => {
    expect(definitionOf(typed(definition))).toEqual(definition);
  },
);

test("an empty number is none, not zero, and what is wrong is told under the name of its input", () => {
  const weight = typed(builtInFields[1] ?? text);
  weight.set("format.min", " ");
  weight.set("name.en", "");
  const reading = () => definitionOf(weight);
  expect(reading).toThrow(expect.objectContaining({ issues: expect.any(Array) }));
  try {
    reading();
  } catch (error) {
    expect(error).toMatchObject({ issues: [{ path: ["name", "en"] }, { path: ["format", "min"] }] });
  }
});
