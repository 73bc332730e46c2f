import { z } from "zod";
import { idSchema } from "../../core/id.ts";

/** A code as people type it: letters and digits, spaces and dashes anywhere. */
export const OfferCode = z.string().trim().min(8).max(40);

export const MakeCodes = z.strictObject({ offerId: idSchema<"offer">(), count: z.int().min(1).max(100_000) });
export type MakeCodes = z.infer<typeof MakeCodes>;
