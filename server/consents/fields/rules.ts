import { no, type Verdict, yes } from "../../core/refusal.ts";
import { businessDay } from "../../core/time.ts";
import type { FieldDefinition, FieldFormat, FieldValue } from "./model.ts";

/** Nobody whose data a guardian gives was born longer ago (months). */
const CHILD_MONTHS = 18 * 12;

/**
 * Whether a definition is free of contradictions. A child's datum is always a minor's and a member's never (PIPL Art.
 * 28, 31). Refuses: FIELD_CLASS_WRONG, FIELD_FORMAT_WRONG.
 */
export function checkDefinition({ key, subject, class: of, format }: FieldDefinition): Verdict {
  if (!key.startsWith(`${subject}.`) || (subject === "child") !== (of === "minor")) return no("FIELD_CLASS_WRONG");
  if (format.kind === "number" && format.min >= format.max) return no("FIELD_FORMAT_WRONG");
  if (format.kind === "choice" && new Set(format.options.map(({ value }) => value)).size < format.options.length) {
    return no("FIELD_FORMAT_WRONG");
  }
  return yes;
}

/**
 * Whether a value is in the form its field asks for; `today` is a business day (YYYY-MM-DD). Refuses: FIELD_VALUE_WRONG
 * with the field's key, never the value.
 */
export function checkValue(definition: FieldDefinition, given: FieldValue, today: string): Verdict {
  const { key, format, subject } = definition;
  const isMeasured = format.kind === "number" && format.measured;
  const dayFits = isMeasured ? given.measuredOn !== null && given.measuredOn <= today : given.measuredOn === null;
  return dayFits && isInForm(format, given.value, subject, today) ? yes : no("FIELD_VALUE_WRONG", { field: key });
}

function isInForm(format: FieldFormat, value: string, subject: FieldDefinition["subject"], today: string): boolean {
  switch (format.kind) {
    case "month": {
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(value) || value > today.slice(0, 7)) return false;
      return subject !== "child" || monthsApart(value, today.slice(0, 7)) <= CHILD_MONTHS;
    }
    case "number": {
      if (!/^\d{1,7}(\.\d{1,3})?$/.test(value)) return false;
      const decimals = value.split(".")[1]?.length ?? 0;
      return decimals <= format.decimals && Number(value) >= format.min && Number(value) <= format.max;
    }
    case "choice":
      return format.options.some((option) => option.value === value);
    default:
      return value.trim() !== "" && [...value].length <= format.maxLength;
  }
}

/** Whole months of age at an instant of somebody born in this month (YYYY-MM), by the calendar of Asia/Shanghai. */
export function monthsBetween(birthMonth: string, at: Date): number {
  return Math.max(0, monthsApart(birthMonth, businessDay(at).slice(0, 7)));
}

function monthsApart(from: string, to: string): number {
  const months = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return months(to) - months(from);
}
