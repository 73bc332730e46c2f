import { z } from "zod";
import { idSchema } from "../../core/id.ts";

/** Days for which a member is shown slots. */
export const SLOT_DAYS_SHOWN = 14;

/** Slots of a benefit at one store or all, on a number of business days from `from`. */
export const ListSlots = z.strictObject({
  benefitId: idSchema<"benefit">(),
  storeId: idSchema<"store">().nullable(),
  from: z.iso.date(),
  days: z.int().min(1).max(31),
});
export type ListSlots = z.infer<typeof ListSlots>;
