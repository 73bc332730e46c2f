import { BenefitTerms } from "#server/benefits/model.ts";

/**
 * Reads what the editor's form holds as terms. Fields of the form are named by the path of their term; what is needed
 * by `need.<field>.…`, since only ticked fields become needs. Throws the schema's error with the names of form fields.
 */
export function termsOf(data: FormData): BenefitTerms {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const both = (name: string) => ({ "zh-CN": text(`${name}.zh-CN`), en: text(`${name}.en`) });
  const number = (name: string) => (text(name) === "" ? Number.NaN : Number(text(name)));
  const needs = data.getAll("needs").map(String);
  const found = BenefitTerms.safeParse({
    title: both("title"),
    description: both("description"),
    tiers: data.getAll("tiers"),
    gives: text("gives") === "points" ? { kind: "points", points: number("gives.points") } : { kind: "service" },
    quota: { count: number("quota.count"), period: text("quota.period"), rollover: number("quota.rollover") },
    purpose: text("purpose") || null,
    needs: needs.map((field) => ({
      field,
      necessity: both(`need.${field}.necessity`),
      mandatory: data.get(`need.${field}.mandatory`) !== null,
    })),
    derivations: data.getAll("derivations").map((_, table) => ({
      key: text(`derivations.${table}.key`),
      name: both(`derivations.${table}.name`),
      field: text(`derivations.${table}.field`),
      bands: data.getAll(`derivations.${table}.bands`).map((_, band, all) => ({
        below: band === all.length - 1 ? null : number(`derivations.${table}.bands.${band}.below`),
        value: both(`derivations.${table}.bands.${band}.value`),
      })),
    })),
    booked: data.get("booked") !== null,
    stores: data.getAll("stores"),
    window: {
      from: instantOf(text("window.from")),
      to: text("window.to") === "" ? null : instantOf(text("window.to")),
    },
  });
  if (found.success) return found.data;
  const issues = found.error.issues.map(({ code, path }) => ({ code, path: [nameOf(path.map(String), needs)] }));
  throw Object.assign(new Error("fields"), { issues });
}

/** The field of the editor in which a term is asked for. */
function nameOf([root = "", index = "", ...rest]: readonly string[], needs: readonly string[]): string {
  if (root === "needs" && needs[Number(index)] !== undefined) return ["need", needs[Number(index)], ...rest].join(".");
  return [root, ...(index === "" ? [] : [index]), ...rest].join(".");
}

function instantOf(minute: string): string {
  return `${minute}:00+08:00`;
}
