import { z } from "zod";
import { idSchema } from "../../core/id.ts";
import { OfferCode } from "../codes/model.ts";

export const Reserve = z.strictObject({
  decisionId: idSchema<"decision">(),
  offerId: idSchema<"offer">(),
  code: OfferCode.nullable(),
});
export type Reserve = z.infer<typeof Reserve>;

export const Settle = z.strictObject({ reservationId: idSchema<"reservation">() });
export type Settle = z.infer<typeof Settle>;
