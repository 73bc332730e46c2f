import type { KindForm } from "#server/offers/kinds/form.ts";
import { OfferTerms } from "#server/offers/kinds/index.ts";

/** Reads what the editor's form holds as terms. Throws the schema's error, with the paths of its fields. */
export function termsOf(data: FormData, forms: readonly KindForm[]): OfferTerms {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const list = (name: string) =>
    text(name)
      .split(/[,，、\s]+/)
      .filter(Boolean);
  const orNull = <T>(name: string, read: (value: string) => T) => (text(name) === "" ? null : read(text(name)));
  const kind = text("kind");
  const fields = forms.find((form) => form.kind === kind)?.fields ?? [];
  const [amountFen, count] = [orNull("budgetMoney", fenOf), orNull("budgetCount", Number)];
  return OfferTerms.parse({
    title: { "zh-CN": text("titleZh"), en: text("titleEn") },
    conditions: {
      tiers: data.getAll("tiers"),
      channels: data.getAll("channels"),
      window: { from: instantOf(text("from")), to: orNull("to", instantOf) },
      scope: {
        skus: list("skus"),
        categories: list("categories"),
        excludeSkus: list("excludeSkus"),
        excludeCategories: list("excludeCategories"),
      },
      newMemberOnly: data.get("newMemberOnly") !== null,
      stackingGroup: orNull("group", String),
      priority: Number(text("priority") || "0"),
      capPerMember: orNull("capCount", (value) => ({ count: Number(value), period: text("capPeriod") })),
      budget: amountFen === null && count === null ? null : { amountFen, count },
      codeRequired: data.get("codeRequired") !== null,
    },
    reward: {
      kind,
      ...Object.fromEntries(
        fields.map(({ name, input }) => {
          if (input === "switch") return [name, data.get(`reward.${name}`) !== null];
          if (input === "text") return [name, { "zh-CN": text(`reward.${name}.zh-CN`), en: text(`reward.${name}.en`) }];
          if (input === "code") return [name, text(`reward.${name}`)];
          return [name, input === "money" ? fenOf(text(`reward.${name}`)) : Number(text(`reward.${name}`))];
        }),
      ),
    },
  });
}

/** The field of the editor that a path of the terms is asked for in. */
export function fieldOf(path: string): string {
  const known: Readonly<Record<string, string>> = {
    "title.zh-CN": "titleZh",
    "title.en": "titleEn",
    "conditions.tiers": "tiers",
    "conditions.channels": "channels",
    "conditions.window.from": "from",
    "conditions.window.to": "to",
    "conditions.stackingGroup": "group",
    "conditions.priority": "priority",
    "conditions.capPerMember.count": "capCount",
    "conditions.capPerMember.period": "capPeriod",
    "conditions.budget.amountFen": "budgetMoney",
    "conditions.budget.count": "budgetCount",
  };
  const scope = /^conditions\.scope\.(\w+)/.exec(path);
  return known[path] ?? scope?.[1] ?? path;
}

/** Yuan as typed, in fen; NaN for anything but a number with at most two decimals, which the schema then refuses. */
export function fenOf(yuan: string): number {
  const [, whole, cents = ""] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(yuan) ?? [];
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(cents.padEnd(2, "0"));
}

/** Fen as yuan to be typed over. */
export function yuanOf(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

/** A minute in Beijing as its field holds it. */
export function minuteOf(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16);
}

function instantOf(minute: string): string {
  return `${minute}:00+08:00`;
}
