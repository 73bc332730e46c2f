import type { MemberId } from "../../core/id.ts";
import * as booking from "../booking/service.ts";
import type { RedemptionCodeId, StoreId } from "../model.ts";
import { type BenefitBrand, HOUR_MS, later, NOW } from "../testing.ts";
import * as codes from "./codes/service.ts";
import * as redemption from "./service.ts";

/** What members show and store staff do: Mia at Riverside unless somebody and somewhere else is said. */
export function counterOf(brand: BenefitBrand) {
  let minute = 0;
  /** Later today, at an instant that no slot of the demo has. */
  const soon = () => later(HOUR_MS + ++minute * 60_000 + 1_000);
  return {
    soon,
    gift: (memberId: MemberId, now = NOW, reissue = false) =>
      codes.show(brand.as(memberId, now), { benefitId: brand.gift, bookingId: null, childId: null, reissue }),
    lookUp: (code: string, storeId: StoreId = brand.riverside, actor = brand.mia, now = NOW) =>
      redemption.lookUp(brand.by(actor, now), { code, storeId }),
    confirm: (
      { codeId }: { readonly codeId: RedemptionCodeId },
      storeId: StoreId = brand.riverside,
      actor = brand.mia,
      now = NOW,
    ) => redemption.confirm(brand.by(actor, now), { codeId, storeId }),
    /** A booked swim of today, and how its member is shown codes. */
    async swim({ storeId = brand.riverside }: { readonly storeId?: StoreId } = {}) {
      const { memberId, childId } = await brand.swimmers();
      const slotId = await brand.slot({ startsAt: soon(), storeId });
      const { bookingId } = await booking.book(brand.as(memberId), { slotId, childId });
      const asked = { benefitId: brand.swim, bookingId, childId, reissue: false };
      return { memberId, childId, slotId, bookingId, show: (now = NOW) => codes.show(brand.as(memberId, now), asked) };
    },
  };
}
