import type { Reader } from "#db/client.ts";
import { brandFields } from "#db/schema/consents.ts";
import { builtInFields } from "./catalogue.ts";
import type { FieldDefinition, FieldKey } from "./model.ts";

/** Every gated field there is: those of the product and those that the brand added. A handful: read whole. */
export async function fieldDefinitions(reader: Reader): Promise<ReadonlyMap<FieldKey, FieldDefinition>> {
  const added = await reader.select({ definition: brandFields.definition }).from(brandFields);
  return new Map([...builtInFields, ...added.map(({ definition }) => definition)].map((field) => [field.key, field]));
}

/** The gated fields, each with whether the brand added it and since when. */
export async function list(reader: Reader) {
  const added = await reader.select().from(brandFields);
  return [
    ...builtInFields.map((definition) => ({ ...definition, addedAt: null })),
    ...added.map(({ definition, addedAt }) => ({ ...definition, addedAt })),
  ];
}
