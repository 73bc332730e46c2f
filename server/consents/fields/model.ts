import { z } from "zod";
import { type PublicText, publicText } from "../../core/public-text.ts";
import { type FieldSubject, fieldSubjects, type PurposeCode } from "../model.ts";

/** `child.weight`: whose it is, and what it is. */
export const FieldKey = z.string().regex(/^(member|child)\.[a-z][A-Za-z0-9]{1,39}$/);
export type FieldKey = z.infer<typeof FieldKey>;

/** How much the law asks for it: general (Art. 13), sensitive (Art. 28), or of a minor under 14 (Art. 31). */
export const fieldClasses = ["general", "sensitive", "minor"] as const;
export type FieldClass = (typeof fieldClasses)[number];

/** What a value looks like, so that a form can be drawn and an answer checked without code. */
export const FieldFormat = z.discriminatedUnion("kind", [
  /** A date by its month, YYYY-MM: a day is more than most benefits need. */
  z.strictObject({ kind: z.literal("month") }),
  z.strictObject({
    kind: z.literal("number"),
    unit: publicText(8, 16),
    min: z.number().min(0).max(1_000_000),
    max: z.number().min(0).max(1_000_000),
    decimals: z.int().min(0).max(3),
    /** True when the day of measuring belongs to the value: a weight is nothing without it. */
    measured: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("choice"),
    options: z
      .array(z.strictObject({ value: z.string().regex(/^[a-z][A-Za-z0-9]{0,19}$/), name: publicText(20) }))
      .min(2)
      .max(20),
  }),
  z.strictObject({ kind: z.literal("text"), maxLength: z.int().min(1).max(200) }),
]);
export type FieldFormat = z.infer<typeof FieldFormat>;

/** A field whose values live in the vault, each under a consent of its own purpose. */
export const FieldDefinition = z.strictObject({
  key: FieldKey,
  subject: z.enum(fieldSubjects),
  class: z.enum(fieldClasses),
  name: publicText(20),
  format: FieldFormat,
});
export type FieldDefinition = z.infer<typeof FieldDefinition>;

/** In what form a datum lies in the database and is shown. */
export const maskings = ["plain", "masked", "hashed", "sealed"] as const;
/** Until when a datum is kept. */
export const keepings = ["membership", "minutes", "session", "delivery", "rejects", "evidence"] as const;
/** What becomes of it then: deleted, unreadable with its key, or kept on as evidence that holds no value. */
export const endings = ["delete", "destroyKey", "keep"] as const;

/** A personal datum that the product keeps in tables of its own work, not in the vault. */
export type BasicDatum = {
  readonly key: string;
  readonly subject: FieldSubject;
  readonly class: FieldClass;
  readonly name: PublicText;
  /** Where it lies: `table.column`. */
  readonly locations: readonly string[];
  readonly masking: (typeof maskings)[number];
  /** Codes of the product's own activities. */
  readonly purposes: readonly PurposeCode[];
  readonly retention: (typeof keepings)[number];
  readonly disposal: (typeof endings)[number];
};

/** A value as its owner gave it. `measuredOn` (YYYY-MM-DD) where the format asks for the day of measuring. */
export const FieldValue = z.strictObject({
  value: z.string().trim().min(1).max(200),
  measuredOn: z.iso.date().nullable(),
});
export type FieldValue = z.infer<typeof FieldValue>;

export const refusalCodes = [
  "FIELD_KNOWN",
  "FIELD_UNKNOWN",
  "FIELD_CLASS_WRONG",
  "FIELD_FORMAT_WRONG",
  "FIELD_VALUE_WRONG",
] as const;
