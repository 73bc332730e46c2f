import { FieldDefinition } from "#server/consents/fields/model.ts";

/** Reads what the form holds as a definition. Throws the schema's error; its paths are the names of the inputs. */
export function definitionOf(data: FormData): FieldDefinition {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const number = (name: string) => (text(name) === "" ? Number.NaN : Number(text(name)));
  const both = (name: string) => ({ "zh-CN": text(`${name}.zh-CN`), en: text(`${name}.en`) });
  const subject = text("subject");
  return FieldDefinition.parse({
    key: `${subject}.${text("key")}`,
    subject,
    class: subject === "child" ? "minor" : text("class"),
    name: both("name"),
    format: formatOf(),
  });

  function formatOf() {
    const kind = text("format.kind");
    switch (kind) {
      case "number":
        return {
          kind,
          unit: both("format.unit"),
          min: number("format.min"),
          max: number("format.max"),
          decimals: number("format.decimals"),
          measured: data.get("format.measured") !== null,
        };
      case "choice":
        return {
          kind,
          options: data.getAll("format.option").map((_, index) => ({
            value: text(`format.options.${index}.value`),
            name: both(`format.options.${index}.name`),
          })),
        };
      case "text":
        return { kind, maxLength: number("format.maxLength") };
      default:
        return { kind };
    }
  }
}
