import { z } from "zod";
import { inputs } from "../kind.ts";
import { kinds } from "./index.ts";

/** One field of a kind's terms, as the editor asks for it. Bounds are in the field's own unit (money in fen). */
export type FormField = {
  readonly name: string;
  readonly input: (typeof inputs)[number];
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
};
export type KindForm = { readonly kind: string; readonly fields: readonly FormField[] };

const Field = z.object({
  input: z.enum(inputs),
  minimum: z.number().nullable().default(null),
  maximum: z.number().nullable().default(null),
  multipleOf: z.number().nullable().default(null),
});

/** The form of every kind, drawn from its schema. */
export const forms: readonly KindForm[] = kinds.map((kind) => ({
  kind: kind.name,
  fields: Object.entries(z.toJSONSchema(kind.reward).properties ?? {})
    .filter(([name]) => name !== "kind")
    .map(([name, schema]) => {
      const { input, minimum, maximum, multipleOf } = Field.parse(schema);
      return { name, input, min: minimum, max: maximum, step: multipleOf };
    }),
}));
