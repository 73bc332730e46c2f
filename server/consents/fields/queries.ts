import { asc } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { brandFields } from "#db/schema/activities.ts";
import type { ActivityInForce } from "../activities/queries.ts";
import { basicData } from "./basic-data.ts";
import { builtInFields } from "./catalogue.ts";
import type { FieldDefinition, FieldKey } from "./model.ts";

/** Every gated field there is: those of the product and those that the brand added. A handful: read whole. */
export async function fieldDefinitions(reader: Reader): Promise<ReadonlyMap<FieldKey, FieldDefinition>> {
  return new Map((await list(reader)).map(({ addedAt: _, ...field }) => [field.key, field]));
}

/** The gated fields, each with whether the brand added it and since when. */
export async function list(reader: Reader) {
  const added = await reader.select().from(brandFields).orderBy(asc(brandFields.key));
  return [
    ...builtInFields.map((definition) => ({ ...definition, addedAt: null })),
    ...added.map(({ definition, addedAt }) => ({ ...definition, addedAt })),
  ];
}

/**
 * The whole catalogue 个人信息收集清单: what the tables of the product hold, and each gated field with the activities that
 * may ask for it. `inForce`: every activity that ever went live; those that are over ask for nothing.
 */
export async function catalogue(reader: Reader, inForce: readonly ActivityInForce[]) {
  const live = inForce.filter(({ state }) => state !== "retired");
  const named = (code: string) => live.filter((activity) => activity.code === code);
  return {
    basic: basicData.map((datum) => ({
      ...datum,
      uses: datum.purposes.flatMap(named).map(({ code, terms }) => ({ code, name: terms.name })),
    })),
    gated: (await list(reader)).map((field) => ({
      ...field,
      uses: live.flatMap(({ code, terms }) => {
        const use = terms.fields.find(({ key }) => key === field.key);
        return use === undefined
          ? []
          : [{ code, name: terms.name, mandatory: use.mandatory, retention: terms.retention }];
      }),
    })),
  };
}
