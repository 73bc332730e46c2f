import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";
import { checkValue } from "#server/consents/fields/rules.ts";
import type { GivenValue } from "#server/consents/ledger/model.ts";
import { businessDay } from "#server/core/time.ts";

/** The names of a field's inputs in a form; `form` tells apart several forms of one page that ask for the same field. */
export function inputNames(form: string, key: FieldKey) {
  const name = form === "" ? key : `${form}.${key}`;
  return { value: name, measuredOn: `${name}.measuredOn` };
}

/** Inputs whose answers are missing or not in form, told as a schema tells it, so that the form leads to each. */
class WrongInputs extends Error {
  readonly issues: readonly { readonly path: readonly [string]; readonly code: "custom" }[];
  constructor(names: readonly string[]) {
    super("some values are missing or not in form");
    this.issues = names.map((name) => ({ path: [name], code: "custom" }));
  }
}

/** The values typed for these fields. Throws, naming each input, what is missing or not in form, and `also`. */
export function valuesIn(
  data: FormData,
  form: string,
  fields: readonly FieldDefinition[],
  also: readonly string[] = [],
): GivenValue[] {
  const today = businessDay(new Date());
  const typed = (name: string) => data.get(name)?.toString().normalize("NFKC").trim() ?? "";
  const values: GivenValue[] = [];
  const wrong: string[] = [];
  for (const definition of fields) {
    const { key, format } = definition;
    const names = inputNames(form, key);
    const isMeasured = format.kind === "number" && format.measured;
    const day = isMeasured ? typed(names.measuredOn) : "";
    const given = { key, value: typed(names.value), measuredOn: day === "" ? null : day };
    const onSomeDay = isMeasured ? { ...given, measuredOn: today } : given;
    if (!checkValue(definition, onSomeDay, today).ok) wrong.push(names.value);
    else if (!checkValue(definition, given, today).ok) wrong.push(names.measuredOn);
    values.push(given);
  }
  if (wrong.length + also.length > 0) throw new WrongInputs([...wrong, ...also]);
  return values;
}
